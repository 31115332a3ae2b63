//! The columns of Jira's tables: their headings follow the language of whoever exported them.

/// The columns that are taken and those that Jira keeps for itself, each with its headings in German
/// and Spanish; of several the older ones come last.
const COLUMNS: [(&str, &[&str]); 28] = [
    (
        "Assignee",
        &[
            "Zugewiesene Person",
            "Persona asignada",
            "Bearbeiter",
            "Responsable",
        ],
    ),
    (
        "Assignee Id",
        &["ID der zugewiesenen Person", "ID de persona asignada"],
    ),
    ("Component/s", &["Komponente/n", "Componente/s"]),
    ("Components", &["Komponenten", "Componentes"]),
    ("Created", &["Erstellt", "Creada", "Creado"]),
    ("Creator", &["Ersteller", "Creador"]),
    ("Creator Id", &["Ersteller-ID", "ID de creador"]),
    ("Description", &["Beschreibung", "Descripción"]),
    (
        "Due date",
        &["Fälligkeitsdatum", "Fecha de vencimiento", "Fällig am"],
    ),
    (
        "Issue id",
        &[
            "Vorgangs-ID",
            "ID de la incidencia",
            "ID de incidencia",
            "ID der Aufgabe",
        ],
    ),
    ("Issue key", &["Vorgangsschlüssel", "Clave de incidencia"]),
    (
        "Issue Type",
        &["Vorgangstyp", "Tipo de incidencia", "Tipo de actividad"],
    ),
    ("Key", &["Schlüssel", "Clave"]),
    ("Labels", &["Stichwörter", "Etiquetas"]),
    (
        "Last Viewed",
        &["Zuletzt angezeigt", "Última visualización"],
    ),
    ("Priority", &["Priorität", "Prioridad"]),
    ("Project key", &["Projektschlüssel", "Clave del proyecto"]),
    ("Project name", &["Projektname", "Nombre del proyecto"]),
    ("Project type", &["Projekttyp", "Tipo de proyecto"]),
    (
        "Reporter",
        &["Autor", "Informador", "Berichterstatter", "Informante"],
    ),
    (
        "Reporter Id",
        &["Autor-ID", "ID de informador", "ID des Autors"],
    ),
    ("Resolution", &["Lösung", "Resolución"]),
    ("Resolved", &["Erledigt", "Resuelta", "Gelöst", "Resuelto"]),
    ("Status", &["Estado"]),
    (
        "Status Category",
        &["Statuskategorie", "Categoría de estado"],
    ),
    ("Summary", &["Zusammenfassung", "Resumen"]),
    ("Updated", &["Aktualisiert", "Actualizada", "Actualizado"]),
    ("Work Ratio", &[]),
];
/// Fields that a team has added stand in such words, of which the name is within the brackets.
const ADDED: [&str; 3] = [
    "custom field (",
    "benutzerdefiniertes feld (",
    "campo personalizado (",
];
const STORY_POINTS: [&str; 6] = [
    "story points",
    "story point estimate",
    "story-points",
    "story-point-schätzung",
    "puntos de historia",
    "estimación de puntos de historia",
];
/// The first letters of the months, in all three languages where they differ.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene"],
    &["feb"],
    &["mar", "mär", "mrz"],
    &["apr", "abr"],
    &["may", "mai"],
    &["jun"],
    &["jul"],
    &["aug", "ago"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "dic"],
];

/// The English heading of a column that Jira has; nothing of a column that a team has added.
pub(super) fn column(heading: &str) -> Option<&'static str> {
    let heading = heading.trim().to_lowercase();
    let is = |name: &str| name.to_lowercase() == heading;
    COLUMNS
        .iter()
        .find(|(english, others)| is(english) || others.iter().any(|other| is(other)))
        .map(|(english, _)| *english)
}

/// Whether a field of this name holds story points.
pub(super) fn is_points(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let inner = ADDED.iter().find_map(|before| name.strip_prefix(before));
    let name = inner
        .and_then(|name| name.strip_suffix(')'))
        .unwrap_or(&name);
    STORY_POINTS.contains(&name.trim())
}

/// The number of a month by its name, short or long.
pub(super) fn month(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    let of = |starts: &&[&str]| starts.iter().any(|start| name.starts_with(start));
    (1..)
        .zip(&MONTHS)
        .find(|(_, starts)| of(starts))
        .map(|(number, _)| number)
}
