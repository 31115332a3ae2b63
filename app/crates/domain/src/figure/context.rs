//! What a figure is computed from: the graph, today, and the figures computed before it.

use std::ops::Deref;

use super::kind::FigureKind;
use super::record::{Figure, Label};
use super::remark::Part;
use crate::FieldType;
use crate::index::{Handle, Key, Reader};
use crate::value::{Currency, Date, Money, Period};

/// Asks the graph, and figures of earlier layers. All that is asked is noted.
pub(super) struct Context<'a> {
    pub(super) reader: &'a Reader<'a>,
    pub(super) today: Date,
    pub(super) earlier: &'a dyn Earlier,
}

/// The figures of earlier layers.
pub(super) trait Earlier {
    /// A figure of an entity, or of the workspace, and the number of its computation.
    fn figure(&self, of: Option<Handle>, kind: &FigureKind) -> Option<(u32, Option<&Figure>)>;
}

impl<'a> Deref for Context<'a> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Reader<'a> {
        self.reader
    }
}

impl<'a> Context<'a> {
    /// A figure of an earlier layer.
    pub(super) fn figure(&self, entity: Handle, kind: &FigureKind) -> Option<&'a Figure> {
        self.earlier_figure(Some(entity), kind)
    }

    /// A figure of the workspace of an earlier layer.
    pub(super) fn workspace(&self, kind: &FigureKind) -> Option<&'a Figure> {
        self.earlier_figure(None, kind)
    }

    fn earlier_figure(&self, of: Option<Handle>, kind: &FigureKind) -> Option<&'a Figure> {
        let (unit, figure) = self.earlier.figure(of, kind)?;
        self.note(Key::unit(unit));
        figure
    }

    /// The number of a figure of an earlier layer.
    pub(super) fn value_of(&self, entity: Handle, kind: &FigureKind) -> Option<f64> {
        self.figure(entity, kind)?.value()
    }

    /// An entity as a part of a remark.
    pub(super) fn part(&self, entity: Handle) -> Part {
        Part::Entity(self.id(entity).cloned().unwrap_or_else(|| "".into()))
    }

    /// The unit of a number field; empty when it has none.
    pub(super) fn unit_of(&self, entity: Handle, field: &str) -> Label {
        let field = self.catalogued(entity).and_then(|kind| kind.field(field));
        match field.map(|field| &field.takes) {
            Some(FieldType::Number(bounds)) => bounds
                .unit
                .as_deref()
                .map_or(Label::default(), Label::Borrowed),
            _ => Label::default(),
        }
    }

    /// The settings of the workspace: its first product.
    pub(super) fn product(&self) -> Option<Handle> {
        self.all("product").next()
    }

    /// An amount of money, in the workspace's currency where it names none.
    pub(super) fn amount(&self, entity: Handle, field: &str) -> Option<Money> {
        let mut money = *self.value(entity, field)?.money()?;
        if money.currency.is_none() {
            let product = self.product();
            let currency = product.and_then(|product| self.text(product, "currency"));
            money.currency = currency.and_then(Currency::parse);
        }
        Some(money)
    }

    /// The period in which flows of money are given unless they say otherwise: the product's, else a
    /// month.
    pub(super) fn period(&self) -> Period {
        let product = self.product();
        let period = product.and_then(|product| self.text(product, "period"));
        let period = period.and_then(Period::from_name);
        let flow = period.filter(|period| period.per_year().is_some());
        flow.unwrap_or(Period::Month)
    }

    /// How many days ago a date field lies; negative when it lies ahead.
    pub(super) fn days_ago(&self, entity: Handle, field: &str) -> Option<i64> {
        Some(self.today.days_since(self.date(entity, field)?))
    }
}

/// The unit of an amount of money.
pub(super) fn unit(money: &Money) -> String {
    let currency = money.currency.as_ref().map_or("", Currency::code);
    match money.period {
        crate::value::Period::Once => currency.to_owned(),
        period if currency.is_empty() => format!("a {}", period.name()),
        period => format!("{currency}/{}", period.name()),
    }
}
