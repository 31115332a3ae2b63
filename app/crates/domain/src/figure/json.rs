//! Figures as JSON, for other programs.
//!
//! Numbers have their full precision. What a figure does not have is left out.

use super::book::FigureBook;
use super::record::{Figure, InputValue, Outcome, Row};
use crate::index::{GraphIndex, Handle};

impl FigureBook {
    /// All figures: `{"figures": {entity: {figure: …}}, "canvases": {canvas: {figure: …}},
    /// "workspace": {figure: …}}`, by id.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.to_json_with(&[])
    }

    /// All figures, and further ones of the workspace that are made of more than the graph.
    #[must_use]
    pub fn to_json_with(&self, more: &[Figure]) -> String {
        let mut json = Json::default();
        json.open('{');
        json.key("figures");
        json.open('{');
        for (handle, _) in self.index().live() {
            if self.of(handle).next().is_some() {
                json.key(self.id(handle));
                self.write(&mut json, self.of(handle));
            }
        }
        json.close('}');
        json.key("canvases");
        json.open('{');
        for canvas in self.index().canvases() {
            if self.of_canvas(canvas.as_str()).next().is_some() {
                json.key(canvas.as_str());
                self.write(&mut json, self.of_canvas(canvas.as_str()));
            }
        }
        json.close('}');
        json.key("workspace");
        self.write(&mut json, self.of_workspace().chain(more));
        json.key("today");
        json.text(&self.today().to_string());
        json.close('}');
        json.text.push('\n');
        json.text
    }

    fn id(&self, handle: Handle) -> &str {
        id(self.index(), handle)
    }

    fn write<'a>(&self, json: &mut Json, figures: impl Iterator<Item = &'a Figure>) {
        json.open('{');
        for figure in figures {
            json.key(figure.kind.id);
            self.write_figure(json, figure);
        }
        json.close('}');
    }

    fn write_figure(&self, json: &mut Json, figure: &Figure) {
        json.open('{');
        json.member("title", figure.kind.title("en"));
        match &figure.outcome {
            Outcome::Number(value) => json.number_member("value", *value),
            Outcome::Range { low, likely, high } => {
                json.number_member("value", *likely);
                json.number_member("low", *low);
                json.number_member("high", *high);
            }
            Outcome::Word(word) => json.member("word", word),
            Outcome::Order(entities) => {
                json.key("order");
                json.open('[');
                entities
                    .iter()
                    .for_each(|entity| json.text(self.id(*entity)));
                json.close(']');
            }
            Outcome::Parts => {}
            Outcome::Missing(_) => {
                json.member("missing", &figure.reason("en").unwrap_or_default());
            }
        }
        if !figure.unit.is_empty() && !matches!(figure.outcome, Outcome::Missing(_)) {
            json.member("unit", &figure.unit);
        }
        json.sample(figure.interval, figure.n);
        if let Outcome::Missing(_) = figure.outcome {
            json.list("needed", figure.needed());
        }
        if !figure.rows.is_empty() {
            json.key("rows");
            json.open('[');
            figure.rows.iter().for_each(|row| self.write_row(json, row));
            json.close(']');
        }
        json.member("formula", figure.kind.formula("en"));
        self.write_inputs(json, figure);
        if !figure.remarks.is_empty() {
            let remarks: Vec<String> = figure.remarks.iter().map(ToString::to_string).collect();
            json.list("remarks", remarks.iter().map(String::as_str));
        }
        json.member("method", figure.kind.method);
        json.key("source");
        json.open('{');
        json.member("title", figure.kind.source.title);
        if !figure.kind.source.url.is_empty() {
            json.member("url", figure.kind.source.url);
        }
        json.close('}');
        json.close('}');
    }

    fn write_row(&self, json: &mut Json, row: &Row) {
        json.open('{');
        json.member("name", &row.name);
        if let Some(about) = row.about {
            json.member("about", self.id(about));
        }
        if let Some(value) = row.value {
            json.number_member("value", value);
        }
        if !row.unit.is_empty() {
            json.member("unit", &row.unit);
        }
        if !row.word.is_empty() {
            json.member("word", row.word);
        }
        json.sample(row.interval, row.n);
        json.close('}');
    }

    fn write_inputs(&self, json: &mut Json, figure: &Figure) {
        json.key("inputs");
        json.open('[');
        for input in &figure.inputs {
            json.open('{');
            json.member("name", &input.name);
            match &input.value {
                InputValue::Missing => {}
                InputValue::Number(value) => json.number_member("value", *value),
                InputValue::Text(text) => json.member("value", text),
            }
            if !input.unit.is_empty() {
                json.member("unit", &input.unit);
            }
            if let Some(from) = input.from {
                json.member("from", self.id(from));
            }
            json.close('}');
        }
        json.close(']');
    }
}

fn id(index: &GraphIndex, handle: Handle) -> &str {
    index.id(handle).map_or("", |id| id.as_str())
}

/// JSON in the making.
#[derive(Default)]
struct Json {
    text: String,
    /// Whether a comma comes before the next item.
    follows: bool,
}

impl Json {
    fn open(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
        self.follows = false;
    }

    fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.follows = true;
    }

    fn separate(&mut self) {
        if self.follows {
            self.text.push(',');
        }
        self.follows = true;
    }

    fn key(&mut self, key: &str) {
        self.text(key);
        self.text.push(':');
        self.follows = false;
    }

    fn text(&mut self, text: &str) {
        self.separate();
        // Text can always be written as JSON.
        self.text += &serde_json::to_string(text).unwrap_or_default();
    }

    fn number(&mut self, number: f64) {
        self.separate();
        self.text += &serde_json::to_string(&number).unwrap_or_default();
    }

    fn member(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text(text);
    }

    fn number_member(&mut self, key: &str, number: f64) {
        self.key(key);
        self.number(number);
    }

    fn list<'a>(&mut self, key: &str, texts: impl Iterator<Item = &'a str>) {
        self.key(key);
        self.open('[');
        texts.for_each(|text| self.text(text));
        self.close(']');
    }

    fn sample(&mut self, interval: Option<(f64, f64)>, n: Option<u64>) {
        if let Some((low, high)) = interval {
            self.key("interval");
            self.open('[');
            self.number(low);
            self.number(high);
            self.close(']');
        }
        if let Some(n) = n {
            self.key("n");
            self.separate();
            self.text += &n.to_string();
        }
    }
}
