//! Records that are broken in themselves: values, links, references, circles, criteria, canvases.

use std::sync::OnceLock;

use super::ask::Ask;
use super::finding::{Remedy, Report};
use super::kind::Severity::{Error, Warning};
use super::kind::{CheckKind, OWN};
use super::part::Part;
use super::rule::{Rule, Run};
use crate::catalogue::{self, CANVAS, DEFINITION};
use crate::counts::{self, contradiction};
use crate::experiment::Criterion;
use crate::index::{Handle, Linked};
use crate::value::{self, Currency, Value};
use crate::{Canvas, Entity, EntityId, Field, FieldType, Kind, KindId, Slot, compact};

/// A circle of more entities than this is found from another of its members.
const LONGEST_CIRCLE: usize = 64;

pub(super) const RULES: &[Rule] = &[
    Rule {
        kind: CheckKind::new(
            "misfitting-value",
            Error,
            "M28",
            OWN,
            [
                "Value that does not fit",
                "Wert, der nicht passt",
                "Valor que no encaja",
            ],
            [
                "The value of “{field}” does not fit. {problem} Figures may leave it out.",
                "Der Wert von „{field}“ passt nicht. {problem} Kennzahlen können ihn auslassen.",
                "El valor de «{field}» no encaja. {problem} Las cifras pueden omitirlo.",
            ],
        ),
        run: Run::Entity(&[], misfits),
    },
    Rule {
        kind: CheckKind::new(
            "unknown-currency",
            Error,
            "M23",
            OWN,
            [
                "Currency that is not in use",
                "Währung, die nicht gilt",
                "Moneda que no está en uso",
            ],
            [
                "{code} is no currency in use (ISO 4217), so amounts that name none stay without one. Enter a code such as EUR.",
                "{code} ist keine geltende Währung (ISO 4217); Beträge ohne eigene bleiben darum ohne. Trage ein Kürzel wie EUR ein.",
                "{code} no es una moneda en uso (ISO 4217), así que los importes sin moneda se quedan sin ella. Introduce un código como EUR.",
            ],
        ),
        run: Run::Entity(&["product"], currency),
    },
    Rule {
        kind: CheckKind::new(
            "amount-without-currency",
            Warning,
            "M23",
            OWN,
            [
                "Amount without a currency",
                "Betrag ohne Währung",
                "Importe sin moneda",
            ],
            [
                "“{field}” names no currency, and the workspace’s product has none: what is computed from it has no unit. Write 15 EUR, or enter the currency of the product.",
                "„{field}“ nennt keine Währung, und das Produkt des Arbeitsbereichs hat keine: Was daraus berechnet wird, hat keine Einheit. Schreibe 15 EUR, oder trage beim Produkt die Währung ein.",
                "«{field}» no nombra moneda y el producto del espacio de trabajo no tiene ninguna: lo que se calcula con él no tiene unidad. Escribe 15 EUR o introduce la moneda del producto.",
            ],
        ),
        run: Run::Entity(PAID, unpriced),
    },
    Rule {
        kind: CheckKind::new(
            "value-against-counts",
            Warning,
            "M17",
            OWN,
            [
                "Value against its own counts",
                "Wert gegen die eigenen Zahlen",
                "Valor contra sus propios recuentos",
            ],
            [
                "The value says {value} %, and its own counts make {counted} %. One of them is wrong.",
                "Der Wert sagt {value} %, und die eigenen Zahlen ergeben {counted} %. Eines davon ist falsch.",
                "El valor dice {value} % y sus propios recuentos dan {counted} %. Uno de los dos está mal.",
            ],
        ),
        run: Run::Entity(&["reading"], contradicted),
    },
    Rule {
        kind: CheckKind::new(
            "required-field-missing",
            Warning,
            "M28",
            OWN,
            [
                "Required field is empty",
                "Pflichtfeld ist leer",
                "Falta un campo obligatorio",
            ],
            [
                "“{field}” belongs to it and is not filled in: what is computed from this lacks it.",
                "„{field}“ gehört dazu und ist nicht ausgefüllt: Was hieraus berechnet wird, hat es nicht.",
                "«{field}» forma parte de esto y no está rellenado: a lo que se calcula con ello le falta.",
            ],
        ),
        run: Run::Entity(&[], missing),
    },
    Rule {
        kind: CheckKind::new(
            "place-against-value",
            Warning,
            "M28",
            OWN,
            [
                "Place and value disagree",
                "Platz und Wert widersprechen sich",
                "Lugar y valor no coinciden",
            ],
            [
                "It stands in “{slot}”, but “{field}” does not say so. Figures count the value.",
                "Es steht in „{slot}“, aber „{field}“ sagt das nicht. Kennzahlen zählen den Wert.",
                "Está en «{slot}», pero «{field}» no lo dice. Las cifras cuentan el valor.",
            ],
        ),
        run: Run::Entity(&[], misplaced),
    },
    Rule {
        kind: CheckKind::new(
            "broken-link",
            Error,
            "M28",
            OWN,
            ["Link to nothing", "Verknüpfung ins Leere", "Enlace a nada"],
            [
                "The link “{link}” joins this with {target}, which was deleted or never was here. Restore it or remove the link.",
                "Die Verknüpfung „{link}“ verbindet dies mit {target}; das wurde gelöscht oder war nie da. Stelle es wieder her oder entferne die Verknüpfung.",
                "El enlace «{link}» une esto con {target}, que se eliminó o nunca existió. Recupéralo o quita el enlace.",
            ],
        ),
        run: Run::Entity(&[], broken_links),
    },
    Rule {
        kind: CheckKind::new(
            "broken-reference",
            Error,
            "M28",
            OWN,
            [
                "Reference to nothing",
                "Verweis ins Leere",
                "Referencia a nada",
            ],
            [
                "“{field}” names {target}, which was deleted or never was here.",
                "„{field}“ nennt {target}; das wurde gelöscht oder war nie da.",
                "«{field}» nombra {target}, que se eliminó o nunca existió.",
            ],
        ),
        run: Run::Entity(&[], broken_references),
    },
    Rule {
        kind: CheckKind::new(
            "reference-to-other-kind",
            Warning,
            "M28",
            OWN,
            [
                "Reference to another kind",
                "Verweis auf eine andere Art",
                "Referencia a otro tipo",
            ],
            [
                "“{field}” names {target}, which is of the kind “{to}”. Nothing of that kind belongs there, so figures pass it over.",
                "„{field}“ nennt {target} von der Art „{to}“. So etwas gehört dort nicht hin, und Kennzahlen übergehen es.",
                "«{field}» nombra {target}, que es del tipo «{to}». Nada de ese tipo va ahí, y las cifras lo pasan por alto.",
            ],
        ),
        run: Run::Entity(&[], foreign_references),
    },
    Rule {
        kind: CheckKind::new(
            "link-between-other-kinds",
            Warning,
            "M28",
            OWN,
            [
                "Link between other kinds",
                "Verknüpfung anderer Arten",
                "Enlace entre otros tipos",
            ],
            [
                "A link “{link}” does not lead from “{from}” to “{to}”; figures and traces pass it over.",
                "Eine Verknüpfung „{link}“ führt nicht von „{from}“ zu „{to}“; Zahlen und Spuren übergehen sie.",
                "Un enlace «{link}» no va de «{from}» a «{to}»; las cifras y los rastros lo pasan por alto.",
            ],
        ),
        run: Run::Entity(&[], other_kinds),
    },
    Rule {
        kind: CheckKind::new(
            "circle",
            Error,
            "M28",
            OWN,
            ["Part of itself", "Teil seiner selbst", "Parte de sí mismo"],
            [
                "The links “{link}” lead in a circle back to it, so nothing stands above it.",
                "Die Verknüpfungen „{link}“ führen im Kreis zurück, sodass nichts darüber steht.",
                "Los enlaces «{link}» vuelven en círculo, así que nada queda por encima.",
            ],
        ),
        run: Run::Entity(&[], circle),
    },
    Rule {
        kind: CheckKind::new(
            "unreadable-criterion",
            Error,
            "M14",
            OWN,
            [
                "Criterion that cannot be read",
                "Unlesbares Kriterium",
                "Criterio ilegible",
            ],
            [
                "The criterion cannot be judged: {problem}.",
                "Über das Kriterium lässt sich nicht urteilen: {problem}.",
                "No se puede juzgar el criterio: {problem}.",
            ],
        ),
        run: Run::Entity(&["experiment"], unreadable_criterion),
    },
    Rule {
        kind: CheckKind::new(
            "unreadable-canvas",
            Error,
            "M28",
            OWN,
            [
                "Canvas that cannot be shown",
                "Canvas, der nicht gezeigt werden kann",
                "Lienzo que no se puede mostrar",
            ],
            [
                "The workspace's own canvas cannot be used: {problem}.",
                "Der eigene Canvas ist nicht brauchbar: {problem}.",
                "El lienzo propio no se puede usar: {problem}.",
            ],
        ),
        run: Run::Entity(&["canvas"], unreadable_canvas),
    },
];

fn misfits(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (Some(entity), Some(kind)) = (ask.entity(handle), ask.catalogued(handle)) else {
        return;
    };
    for (field, misfit) in entity.misfits(kind) {
        // A field that the kind does not know was made by a newer version, and is kept.
        if let Some(misfit) = misfit {
            report.add(
                ask.subject(handle),
                vec![
                    ("field", Part::field(kind.id.as_str(), field)),
                    ("problem", Part::Misfit(misfit)),
                ],
                Remedy::Enter(field.to_owned()),
            );
        }
    }
}

/// Two people can each have moved and set it at once; elsewhere commands and imports keep both alike.
fn misplaced(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(kind) = ask.catalogued(handle) else {
        return;
    };
    for (canvas, slots) in valued(kind) {
        for slot in slots {
            if !ask.stands_in(handle, canvas.id.as_str(), slot.id.as_str()) {
                continue;
            }
            let Some(entity) = ask.entity(handle) else {
                return;
            };
            for found in slot.disagreements(entity) {
                let parts = vec![
                    ("slot", Part::Title(&slot.title)),
                    ("field", Part::field(kind.id.as_str(), found.field)),
                ];
                let remedy = Remedy::Set(found.field.to_owned(), Some(found.slot.clone()));
                report.add(ask.subject(handle), parts, remedy);
            }
        }
    }
}

/// The canvases with the slots that stand for values and take that kind.
fn valued(kind: &Kind) -> impl Iterator<Item = &'static (&'static Canvas, Vec<&'static Slot>)> {
    type Valued = Vec<(KindId, Vec<(&'static Canvas, Vec<&'static Slot>)>)>;
    static VALUED: OnceLock<Valued> = OnceLock::new();
    let all = VALUED.get_or_init(|| {
        let of = |kind: &KindId| {
            let canvases = catalogue::canvases().iter().filter_map(|canvas| {
                let is_valued = |slot: &&Slot| !slot.fields.is_empty() && slot.takes.contains(kind);
                let slots: Vec<&Slot> = canvas.slots.iter().filter(is_valued).collect();
                (!slots.is_empty()).then_some((canvas, slots))
            });
            canvases.collect()
        };
        let kinds = catalogue::kinds().iter();
        kinds.map(|kind| (kind.id.clone(), of(&kind.id))).collect()
    });
    let found = all.iter().find(|(id, _)| *id == kind.id);
    found.into_iter().flat_map(|(_, canvases)| canvases)
}

fn contradicted(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    if let Some((value, counted)) = contradiction(ask, handle) {
        let percent = |share: f64| Part::from(((share * 1e4).round() / 100.0).to_string());
        let parts = vec![("value", percent(value)), ("counted", percent(counted))];
        let remedy = Remedy::Enter("value".to_owned());
        report.add(ask.subject(handle), parts, remedy);
    }
}

fn missing(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (Some(entity), Some(kind)) = (ask.entity(handle), ask.catalogued(handle)) else {
        return;
    };
    let is_counted = ask.is(handle, "reading") && counts::value(ask, handle).is_some();
    for field in entity.missing(kind) {
        if is_counted && field.id == "value" {
            continue;
        }
        report.add(
            ask.subject(handle),
            vec![("field", Part::field(kind.id.as_str(), &field.id))],
            Remedy::Enter(field.id.clone()),
        );
    }
}

/// The kinds that have amounts of money.
const PAID: &[&str] = &[
    "alternative",
    "assumption",
    "backlog-item",
    "cost",
    "decision-area",
    "economics",
    "experiment",
    "interview",
    "mvp",
    "opportunity",
    "plan-milestone",
    "portfolio-item",
    "product",
    "revenue-stream",
    "roadmap-item",
    "segment",
    "solution",
];

fn unpriced(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let (Some(entity), Some(kind)) = (ask.entity(handle), ask.catalogued(handle)) else {
        return;
    };
    let product = ask.all("product").next();
    if product.is_some_and(|product| ask.text(product, "currency").is_some()) {
        return;
    }
    let is_paid = |field: &&Field| matches!(field.takes, FieldType::Money { .. });
    for field in kind.fields.iter().filter(is_paid) {
        let Some(scalar) = entity.fields.get(&field.id) else {
            continue;
        };
        let value = value::read(field, scalar).ok();
        let money = value.as_ref().and_then(Value::money);
        if money.is_some_and(|money| money.currency.is_none() && money.range.likely != 0.0) {
            report.add(
                ask.subject(handle),
                vec![("field", Part::field(kind.id.as_str(), &field.id))],
                Remedy::Enter(field.id.clone()),
            );
        }
    }
}

fn currency(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let code = ask.text(handle, "currency");
    if let Some(code) = code.filter(|code| Currency::parse(code).is_none()) {
        report.add(
            ask.subject(handle),
            vec![("code", code.to_owned().into())],
            Remedy::Enter("currency".to_owned()),
        );
    }
}

/// What something is called, be it deleted; a record without words by its id.
fn name(ask: &Ask<'_>, handle: Handle) -> Part {
    let words = ask.record(handle).and_then(|record| {
        let mut lines = record.text.lines().map(str::trim);
        lines.find(|line| !line.is_empty())
    });
    match words {
        Some(words) => Part::Quoted(words.to_owned()),
        None => ask
            .id(handle)
            .map(ToString::to_string)
            .unwrap_or_default()
            .into(),
    }
}

fn broken_links(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let from = ask.broken_links_from(handle);
    let to = ask.broken_links_to(handle);
    for broken in from.into_iter().chain(to) {
        report.add(
            ask.subject(handle),
            vec![
                ("link", Part::link(broken.kind)),
                ("target", name(ask, broken.other)),
            ],
            Remedy::RemoveLink(broken.link.clone()),
        );
    }
}

fn broken_references(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    for (field, target) in ask.broken_references(handle) {
        report.add(
            ask.subject(handle),
            vec![
                ("field", Part::field(ask.kind(handle), field)),
                ("target", name(ask, target)),
            ],
            Remedy::Set(field.to_owned(), None),
        );
    }
}

fn foreign_references(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(kind) = ask.catalogued(handle) else {
        return;
    };
    for (field, target) in ask.references(handle) {
        let named = ask.kind(target);
        let takes = kind.field(field).map(|field| &field.takes);
        let fits = match takes {
            Some(FieldType::Reference { kinds }) => {
                kinds.is_empty() || kinds.iter().any(|kind| kind == named)
            }
            _ => true,
        };
        if !fits {
            report.add(
                ask.subject(handle),
                vec![
                    ("field", Part::field(kind.id.as_str(), field)),
                    ("target", name(ask, target)),
                    ("to", Part::kind(named)),
                ],
                Remedy::Set(field.to_owned(), None),
            );
        }
    }
}

fn other_kinds(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(entity) = ask.entity(handle) else {
        return;
    };
    for linked in ask.links_from(handle) {
        let Some(other) = ask.entity(linked.other) else {
            continue;
        };
        let fits = linked
            .known
            .is_none_or(|kind| kind.joins(&entity.kind, &other.kind));
        if !fits {
            report.add(
                ask.subject(handle),
                vec![
                    ("link", Part::link(linked.kind)),
                    ("from", Part::kind(entity.kind.as_str())),
                    ("to", Part::kind(other.kind.as_str())),
                ],
                Remedy::RemoveLink(linked.link.clone()),
            );
        }
    }
}

/// The links of which each leads from what is below to what is above it, and those that lead the
/// other way; a circle may be made of both.
const LADDERS: [(&str, Option<&str>); 2] =
    [("part-of", Some("broken-into")), (super::SUPERSEDES, None)];

fn circle(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    for (upward, downward) in LADDERS {
        let above = |here: Handle| {
            let reversed = downward
                .into_iter()
                .flat_map(move |link| ask.to(here, link));
            ask.from(here, upward).chain(reversed)
        };
        // What nothing leads to is on no circle.
        let has_below =
            ask.has_to(handle, upward) || downward.is_some_and(|link| ask.has_from(handle, link));
        if !has_below {
            continue;
        }
        let mut reached: Vec<Handle> = above(handle).collect();
        let mut next = 0;
        while let Some(here) = reached.get(next).copied() {
            if here == handle || next > LONGEST_CIRCLE {
                break;
            }
            for further in above(here) {
                if !reached.contains(&further) {
                    reached.push(further);
                }
            }
            next += 1;
        }
        if !reached.contains(&handle) {
            continue;
        }
        let links = ask.links_from(handle);
        let is_on_it = |linked: &&Linked<'_>| {
            linked.kind == upward
                || (Some(linked.kind) == downward && reached.contains(&linked.other))
        };
        if let Some(first) = links.iter().find(is_on_it) {
            report.add(
                ask.subject(handle),
                vec![("link", Part::link(first.kind))],
                Remedy::RemoveLink(first.link.clone()),
            );
        }
    }
}

fn unreadable_criterion(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let Some(text) = ask.text(handle, "criterion") else {
        return;
    };
    if let Err(error) = text.parse::<Criterion>() {
        report.add(
            ask.subject(handle),
            vec![("problem", Part::Criterion(error))],
            Remedy::Enter("criterion".to_owned()),
        );
    }
}

fn unreadable_canvas(ask: &Ask<'_>, handle: Handle, report: &mut Report<'_>) {
    let mut canvases: Vec<(&EntityId, &Entity)> = ask
        .all(CANVAS)
        .filter_map(|canvas| Some((ask.id(canvas)?, ask.entity(canvas)?)))
        .collect();
    compact::sort_by(&mut canvases, |one, other| one.0.cmp(other.0));
    let mut own = catalogue::own_canvases(canvases).into_iter();
    let this = own.find(|(id, _)| Some(*id) == ask.id(handle));
    if let Some((_, Err(error))) = this {
        report.add(
            ask.subject(handle),
            vec![("problem", Part::Canvas(error))],
            Remedy::Enter(DEFINITION.to_owned()),
        );
    }
}
