//! What is to be said about a figure beside its value, in the interface's languages.

use std::fmt;

use super::FigureKind;
use crate::EntityId;
use crate::localised::{fill, pick, written};

/// Something worth knowing about a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// What is said.
    pub kind: &'static RemarkKind,
    /// What stands for `{0}`, `{1}`, … in its sentence.
    pub parts: Vec<Part>,
}

/// A part of a remark's sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A number.
    Number(f64),
    /// An entity.
    Entity(EntityId),
    /// The name of an input, a category or a reason: see [`FigureKind::name`].
    Name(&'static str),
    /// A unit or a day, which are the same in every language.
    Unit(String),
}

/// A sentence about figures, under a stable id.
#[derive(Debug, PartialEq, Eq)]
pub struct RemarkKind {
    /// Its name in files, such as `moonshot`.
    pub id: &'static str,
    texts: [&'static str; 3],
}

impl RemarkKind {
    /// Its sentence in that language, else in English.
    #[must_use]
    pub fn text(&self, language: &str) -> &'static str {
        pick(self.texts, language)
    }
}

impl Remark {
    /// The sentence in that language, else in English, about a figure of that kind; `entity` says
    /// what an entity is called.
    #[must_use]
    pub fn text(
        &self,
        figure: &FigureKind,
        language: &str,
        entity: &dyn Fn(&EntityId) -> String,
    ) -> String {
        let part = |part: &Part| match part {
            Part::Number(number) => written(*number, language),
            Part::Entity(id) => entity(id),
            Part::Name(name) => figure.name(name, language),
            Part::Unit(unit) => unit.clone(),
        };
        let parts: Vec<String> = self.parts.iter().map(part).collect();
        fill(self.kind.text(language), &parts)
    }
}

/// The sentence in English, with names and entities as they stand in files.
impl fmt::Display for Remark {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |part: &Part| match part {
            Part::Number(number) => number.to_string(),
            Part::Entity(id) => id.to_string(),
            Part::Name(name) => (*name).to_owned(),
            Part::Unit(unit) => unit.clone(),
        };
        let parts: Vec<String> = self.parts.iter().map(part).collect();
        formatter.write_str(&fill(self.kind.text("en"), &parts))
    }
}

/// Declares the sentences and lists them.
macro_rules! remarks {
    ($($name:ident $id:literal $texts:expr;)*) => {
        $(pub(super) static $name: RemarkKind = RemarkKind { id: $id, texts: $texts };)*

        /// Every sentence that can be said about a figure.
        #[must_use]
        pub fn remark_kinds() -> Vec<&'static RemarkKind> {
            vec![$(&$name),*]
        }
    };
}

remarks! {
    INVALID_CHANGED "invalid-changed" [
        "Invalid: criterion changed after data.",
        "Ungültig: Das Kriterium wurde nach den Daten geändert.",
        "Inválido: el criterio cambió después de los datos.",
    ];
    INVALID_SPLIT "invalid-split" [
        "Invalid: sample-ratio mismatch.",
        "Ungültig: Die Aufteilung der Stichprobe stimmt nicht.",
        "Inválido: el reparto de la muestra no cuadra.",
    ];
    INVALID_EARLY "invalid-early" [
        "Invalid: stopped early.",
        "Ungültig: zu früh beendet.",
        "Inválido: parado antes de tiempo.",
    ];
    INVALID_LATE "invalid-late" [
        "Invalid: locked after data.",
        "Ungültig: nach den Daten gesperrt.",
        "Inválido: bloqueado después de los datos.",
    ];
    NEVER_LOCKED "never-locked" [
        "There are data, and the plan was never locked: the criterion may have come after them.",
        "Daten sind da, aber der Plan wurde nie gesperrt.",
        "Hay datos, pero el plan nunca se bloqueó.",
    ];
    LOCKED_BY_HAND "locked-by-hand" [
        "The lock was written by hand: nothing proves when it was taken.",
        "Die Sperre wurde von Hand geschrieben: Nichts belegt, wann.",
        "El bloqueo se escribió a mano: nada prueba cuándo.",
    ];
    ARMS_NOT_LOCKED "arms-not-locked" [
        "The lock was taken before there were arms.",
        "Der Plan wurde gesperrt, bevor es Arme gab.",
        "El plan se bloqueó antes de que hubiera brazos.",
    ];
    LOCK_AHEAD "lock-ahead" [
        "The lock is dated ahead of today: nothing is promised yet.",
        "Die Sperre ist in die Zukunft datiert: Noch ist nichts versprochen.",
        "El bloqueo tiene fecha futura: aún no hay nada prometido.",
    ];
    READ_AHEAD "read-ahead" [
        "Readings that are dated ahead of today do not count yet.",
        "Messwerte, die in die Zukunft datiert sind, zählen noch nicht.",
        "Las mediciones con fecha futura aún no cuentan.",
    ];
    AFTER_PLANNED "after-planned" [
        "{0} participants in readings after the planned number of {1} was reached are left out.",
        "{0} Teilnehmende in Messwerten, nachdem die geplante Zahl von {1} erreicht war, sind ausgelassen.",
        "{0} participantes de mediciones posteriores a alcanzar los {1} previstos no cuentan.",
    ];
    OVER_PLANNED "over-planned" [
        "{0} instead of the planned {1}: up to a tenth more counts as the planned sample.",
        "{0} statt der geplanten {1}: Bis zu einem Zehntel mehr zählt als die geplante Stichprobe.",
        "{0} en lugar de los {1} previstos: hasta una décima parte más cuenta como la muestra prevista.",
    ];
    JUDGED_AGAIN "judged-again" [
        "{0} instead of the planned {1}: judged again after the planned number, so with a confidence sequence, which holds at every look.",
        "{0} statt der geplanten {1}: nach der geplanten Zahl noch einmal beurteilt, darum mit einer Konfidenzfolge, die bei jedem Hinsehen gilt.",
        "{0} en lugar de los {1} previstos: se juzga otra vez después del número previsto y por eso con una secuencia de confianza, válida en cada mirada.",
    ];
    HOLDS_ONCE "holds-once" [
        "What the planned sample said of a count, a probability or a latest value cannot be told any more: it stays open.",
        "Was die geplante Stichprobe über eine Anzahl, eine Wahrscheinlichkeit oder einen letzten Wert sagte, lässt sich nicht mehr sagen: Es bleibt offen.",
        "Ya no se puede saber qué decía la muestra prevista de un recuento, una probabilidad o un último valor: queda abierto.",
    ];
    SAID_STOPPED "said-stopped" [
        "It is said to have been stopped early, and has its planned number: clear “stopped early” if that is wrong.",
        "Es heißt, es sei vorzeitig beendet, und hat seine geplante Zahl: Nimm „vorzeitig beendet“ weg, wenn das nicht stimmt.",
        "Se dice que se paró antes de tiempo y tiene su número previsto: quita «detenido antes de tiempo» si no es cierto.",
    ];
    BEFORE_LOCK "before-lock" [
        "Readings from before the lock are left out.",
        "Messwerte aus der Zeit vor der Sperre sind ausgelassen.",
        "Las mediciones anteriores al bloqueo no cuentan.",
    ];
    NO_PLANNED_N "no-planned-n" [
        "No number of participants was planned.",
        "Keine Zahl ist geplant: Das Experiment endet nie.",
        "No hay un número previsto: el experimento no termina nunca.",
    ];
    NO_CRITERION "no-criterion" [
        "There is no criterion that can be read.",
        "Es gibt kein lesbares Kriterium.",
        "No hay un criterio legible.",
    ];
    NO_DATA "no-data" [
        "There are no data yet.",
        "Es gibt noch keine Daten.",
        "Aún no hay datos.",
    ];
    NO_CONTROL_ARM "no-control-arm" [
        "There is no control to compare with.",
        "Es gibt keine Kontrolle zum Vergleichen.",
        "No hay un control con el que comparar.",
    ];
    WHICH_ARM "which-arm" [
        "The criterion does not say which of the arms it means.",
        "Das Kriterium sagt nicht, welchen der Arme es meint.",
        "El criterio no dice a cuál de los brazos se refiere.",
    ];
    IMPOSSIBLE_COUNTS "impossible-counts" [
        "The counts cannot be right.",
        "Die Zahlen können nicht stimmen.",
        "Los recuentos no pueden ser correctos.",
    ];
    NO_DEVIATION "no-deviation" [
        "A mean without its standard deviation has no interval.",
        "Ein Mittelwert ohne Standardabweichung hat kein Intervall.",
        "Una media sin su desviación típica no tiene intervalo.",
    ];
    BY_VALUE_ALONE "by-value-alone" [
        "There is no interval: judged by the value alone.",
        "Es gibt kein Intervall: nach dem Wert allein beurteilt.",
        "No hay intervalo: se juzga solo por el valor.",
    ];
    SPLIT_UNKNOWN "split-unknown" [
        "The planned split cannot be compared with the arms.",
        "Die geplante Aufteilung lässt sich nicht mit den Armen vergleichen.",
        "El reparto previsto no se puede comparar con los brazos.",
    ];
    GUARDRAIL_UNMEASURED "guardrail-unmeasured" [
        "A guardrail is open: no reading since the lock, or neither arms nor a line to hold it against.",
        "Eine Leitplanke ist offen: keine Messung seit der Sperre, oder weder Arme noch eine Linie, an der man sie misst.",
        "Un límite queda abierto: sin medición desde el bloqueo, o sin brazos ni línea con que compararlo.",
    ];
    OTHER_METRIC "other-metric" [
        "Readings of another metric than the primary one are left out.",
        "Messwerte einer anderen Kennzahl als der Hauptkennzahl bleiben außen vor.",
        "Las mediciones de otra métrica que la principal quedan fuera.",
    ];
    GUARDRAIL_BREACHED "guardrail-breached" [
        "A guardrail is breached.",
        "Eine Leitplanke ist verletzt.",
        "Se incumple un límite de protección.",
    ];
    MEAN_OF_RATINGS "mean-of-ratings" [
        "{0}: the mean of {1} ratings, from {2} to {3}.",
        "{0}: das Mittel von {1} Bewertungen, von {2} bis {3}.",
        "{0}: la media de {1} valoraciones, de {2} a {3}.",
    ];
    IMPACT_OFF_SCALE "impact-off-scale" [
        "The impact is off the scale of 3, 2, 1, 0.5 and 0.25.",
        "Die Wirkung liegt nicht auf der Skala 3, 2, 1, 0,5 und 0,25.",
        "El impacto no está en la escala de 3, 2, 1, 0,5 y 0,25.",
    ];
    CONFIDENCE_OFF_SCALE "confidence-off-scale" [
        "The confidence is off the scale of 100, 80 and 50 %.",
        "Die Zuversicht liegt nicht auf der Skala 100, 80 und 50 %.",
        "La confianza no está en la escala de 100, 80 y 50 %.",
    ];
    MOONSHOT "moonshot" [
        "A confidence below 50 % is a moonshot.",
        "Eine Zuversicht unter 50 % ist ein Schuss ins Blaue.",
        "Una confianza inferior al 50 % es un tiro a la luna.",
    ];
    EFFORT_OFF_SCALE "effort-off-scale" [
        "The effort is neither whole person-months nor half of one.",
        "Der Aufwand ist weder ganze Personenmonate noch ein halber.",
        "El esfuerzo no son meses-persona enteros ni medio.",
    ];
    OFF_SCALE "off-scale" [
        "An input is off the scale of 1, 2, 3, 5, 8, 13 and 20.",
        "Eine Eingabe liegt nicht auf der Skala 1, 2, 3, 5, 8, 13 und 20.",
        "Una entrada no está en la escala de 1, 2, 3, 5, 8, 13 y 20.",
    ];
    NO_EVIDENCE "no-evidence" [
        "No evidence supports it: it counts as self-conviction.",
        "Kein Beleg stützt es: Es zählt als Selbstüberzeugung.",
        "Ninguna prueba lo apoya: cuenta como convicción propia.",
    ];
    UNLIKE_UNITS "unlike-units" [
        "{0} is in {1} and was left out: unlike units are not added.",
        "{0} ist in {1} und wurde ausgelassen: Ungleiche Einheiten werden nicht addiert.",
        "{0} está en {1} y se dejó fuera: no se suman unidades distintas.",
    ];
    TOO_MUCH_MUST "too-much-must" [
        "Must have takes over 60 % of the effort: the date is at risk.",
        "Must have nimmt über 60 % des Aufwands: Der Termin ist gefährdet.",
        "Must have ocupa más del 60 % del esfuerzo: la fecha está en riesgo.",
    ];
    TOO_LITTLE_COULD "too-little-could" [
        "Could have takes clearly less than 20 % of the effort: there is little to drop.",
        "Could have nimmt deutlich weniger als 20 % des Aufwands: Es gibt wenig zu streichen.",
        "Could have ocupa claramente menos del 20 % del esfuerzo: hay poco que soltar.",
    ];
    TOO_MUCH_COULD "too-much-could" [
        "Could have takes clearly more than 20 % of the effort.",
        "Could have nimmt deutlich mehr als 20 % des Aufwands.",
        "Could have ocupa claramente más del 20 % del esfuerzo.",
    ];
    FLIPS "flips" [
        "{0} takes the lead when the weight of {1} becomes {2} %.",
        "{0} geht in Führung, wenn das Gewicht von {1} {2} % wird.",
        "{0} pasa a liderar cuando el peso de {1} llega al {2} %.",
    ];
    LINE_REACHED "line-reached" [
        "The line in the sand is reached.",
        "Die Linie im Sand ist erreicht.",
        "Se alcanza la línea en la arena.",
    ];
    LINE_MISSED "line-missed" [
        "The line in the sand is not reached.",
        "Die Linie im Sand ist nicht erreicht.",
        "No se alcanza la línea en la arena.",
    ];
    COMMITTED "committed" [
        "It is committed: 1.0 is expected.",
        "Es ist zugesagt: Erwartet wird 1,0.",
        "Está comprometido: se espera 1,0.",
    ];
    MANY_KEY_RESULTS "many-key-results" [
        "It has more than five key results.",
        "Es hat mehr als fünf Key Results.",
        "Tiene más de cinco resultados clave.",
    ];
    LOW_RATIO "low-ratio" [
        "A healthy business has at least 3.",
        "Ein gesundes Geschäft hat mindestens 3.",
        "Un negocio sano tiene al menos 3.",
    ];
    LONG_PAYBACK "long-payback" [
        "A healthy business needs less than 12 months.",
        "Ein gesundes Geschäft braucht weniger als 12 Monate.",
        "Un negocio sano necesita menos de 12 meses.",
    ];
    ENDS_BEFORE_PAYBACK "ends-before-payback" [
        "The money may end before customers have paid back what they cost.",
        "Das Geld kann zu Ende sein, bevor die Kunden ihre Kosten eingespielt haben.",
        "El dinero puede acabarse antes de que los clientes compensen lo que costaron.",
    ];
    NEVER_EARNS "never-earns" [
        "A piece earns no more than it costs.",
        "Ein Stück bringt nicht mehr, als es kostet.",
        "Una unidad no deja más de lo que cuesta.",
    ];
    SAID_OF "said-of" [
        "About {0}: {1}.",
        "Zu {0}: {1}.",
        "Sobre {0}: {1}.",
    ];
    NO_MARGIN "no-margin" [
        "No gross margin is entered: this counts revenue, which is too rosy.",
        "Keine Bruttomarge ist eingetragen: Hier zählt der Umsatz, und das ist zu rosig.",
        "No hay margen bruto: esto cuenta ingresos, lo que es demasiado optimista.",
    ];
    NO_CHURN "no-churn" [
        "The churn is zero or less: nobody stays for ever.",
        "Die Abwanderung ist null oder kleiner: Niemand bleibt für immer.",
        "La tasa de abandono es cero o menos: nadie se queda para siempre.",
    ];
    PERIODS_DIFFER "periods-differ" [
        "Churn and revenue are stated for different periods: the revenue was converted to that of the churn.",
        "Abwanderung und Umsatz sind für verschiedene Perioden angegeben: Der Umsatz wurde in die der Abwanderung umgerechnet.",
        "El abandono y los ingresos se indican para períodos distintos: los ingresos se convirtieron al del abandono.",
    ];
    NO_CONTROL "no-control" [
        "No arm is marked as the control: the first by id was taken.",
        "Kein Arm ist als Kontrolle gekennzeichnet: Der erste nach Id wurde genommen.",
        "Ningún brazo está marcado como control: se tomó el primero por id.",
    ];
    MISMATCH "mismatch" [
        "The arms are not split as planned (p below 0.001): the result must not be analysed.",
        "Die Arme sind nicht wie geplant aufgeteilt (p unter 0,001): Das Ergebnis darf nicht ausgewertet werden.",
        "Los brazos no están repartidos como se previó (p inferior a 0,001): el resultado no debe analizarse.",
    ];
    FEW_EXPECTED "few-expected" [
        "A group is so small that χ² is a poor approximation.",
        "Eine Gruppe ist so klein, dass χ² eine schlechte Näherung ist.",
        "Un grupo es tan pequeño que χ² es una mala aproximación.",
    ];
    SMALL_SAMPLE "small-sample" [
        "The method suggests at least 180 respondents.",
        "Die Methode rät zu mindestens 180 Befragten.",
        "El método sugiere al menos 180 encuestados.",
    ];
    FEW_RESPONDENTS "few-respondents" [
        "Fewer than 20 respondents.",
        "Weniger als 20 Befragte.",
        "Menos de 20 encuestados.",
    ];
    CONTRADICTED "contradicted" [
        "The value says {0} % and its own counts {1} %: one of them is wrong.",
        "Der Wert sagt {0} % und die eigenen Zahlen {1} %: Eines davon ist falsch.",
        "El valor dice {0} % y sus propios recuentos {1} %: uno de los dos está mal.",
    ];
    OTHER_COUNTS "other-counts" [
        "{0} was left out, for it counts {1}: shares are taken only of counts of one period.",
        "{0} ist ausgelassen, denn es zählt {1}: Anteile gibt es nur von Zahlen eines Zeitraums.",
        "{0} no cuenta porque son {1}: solo hay proporciones entre recuentos de un mismo período.",
    ];
    OTHER_TIME "other-time" [
        "{0} was left out, its latest reading is of {1}, over a month before the others: shares are taken only of counts of one period.",
        "{0} ist ausgelassen, der letzte Messwert ist vom {1}, über einen Monat vor den anderen: Anteile gibt es nur von Zahlen eines Zeitraums.",
        "{0} no cuenta porque su última medición es del {1}, más de un mes antes que las otras: solo hay proporciones entre recuentos de un mismo período.",
    ];
    NO_SAMPLE "no-sample" [
        "The sample size (n) is not entered: how sure the shares are cannot be said.",
        "Die Stichprobengröße (n) ist nicht eingetragen: Wie sicher die Anteile sind, lässt sich nicht sagen.",
        "No se indica el tamaño de la muestra (n): no se puede decir cuán seguras son las proporciones.",
    ];
    NOT_SIGNIFICANT "not-significant" [
        "The two most frequent categories do not differ significantly (Fong).",
        "Die zwei häufigsten Kategorien unterscheiden sich nicht signifikant (Fong).",
        "Las dos categorías más frecuentes no difieren significativamente (Fong).",
    ];
    REFUTED "refuted" [
        "The evidence speaks against it.",
        "Die Belege sprechen dagegen.",
        "Las pruebas hablan en contra.",
    ];
    EXPLORATORY_EVIDENCE "exploratory-evidence" [
        "{0} counts {1} instead of {2}: its experiment was never locked, so it is no test.",
        "{0} zählt {1} statt {2}: Sein Experiment war nie gesperrt und ist darum kein Test.",
        "{0} cuenta {1} en vez de {2}: su experimento nunca se bloqueó y por eso no es una prueba.",
    ];
    UNDATED "undated" [
        "{0} has no date: it counts as new and never ages.",
        "{0} hat kein Datum: Es zählt als neu und altert nie.",
        "{0} no tiene fecha: cuenta como nueva y no envejece nunca.",
    ];
    NO_EVIDENCE_YET "no-evidence-yet" [
        "No evidence is linked to it yet.",
        "Noch ist kein Beleg damit verknüpft.",
        "Aún no hay pruebas enlazadas.",
    ];
    FEW_PREDICTIONS "few-predictions" [
        "Fewer than ten predictions say little.",
        "Weniger als zehn Vorhersagen sagen wenig.",
        "Menos de diez predicciones dicen poco.",
    ];
    FEW_LOOPS "few-loops" [
        "Fewer than three loops say little.",
        "Weniger als drei Schleifen sagen wenig.",
        "Menos de tres ciclos dicen poco.",
    ];
    FIT_REACHED "fit-reached" [
        "Above 40 %, and so is the whole interval.",
        "Über 40 %, und das ganze Intervall auch.",
        "Por encima del 40 %, y todo el intervalo también.",
    ];
    FIT_MISSED "fit-missed" [
        "Below 40 %, and so is the whole interval.",
        "Unter 40 %, und das ganze Intervall auch.",
        "Por debajo del 40 %, y todo el intervalo también.",
    ];
    FIT_UNCERTAIN "fit-uncertain" [
        "40 % lies within the interval: more answers are needed.",
        "40 % liegt im Intervall: Es braucht mehr Antworten.",
        "El 40 % está dentro del intervalo: hacen falta más respuestas.",
    ];
    ABOVE_AVERAGE_SUS "above-average-sus" [
        "At or above the average of 68.",
        "Am Durchschnitt von 68 oder darüber.",
        "En la media de 68 o por encima.",
    ];
    BELOW_AVERAGE_SUS "below-average-sus" [
        "Below the average of 68.",
        "Unter dem Durchschnitt von 68.",
        "Por debajo de la media de 68.",
    ];
    FEEDS_ITSELF "feeds-itself" [
        "Above 1: growth feeds itself.",
        "Über 1: Das Wachstum nährt sich selbst.",
        "Por encima de 1: el crecimiento se alimenta solo.",
    ];
    STILL_OPEN "still-open" [
        "It is still open.",
        "Es ist noch offen.",
        "Sigue abierta.",
    ];
    AGREED "agreed" [
        "The votes lie within one level.",
        "Die Stimmen liegen innerhalb einer Stufe.",
        "Los votos están dentro de un nivel.",
    ];
    NO_TREND "no-trend" [
        "No change lies within the interval: the trend may be chance.",
        "Keine Änderung liegt im Intervall: Der Trend kann Zufall sein.",
        "El intervalo incluye que no cambie: la tendencia puede ser azar.",
    ];
    OUTLIERS "outliers" [
        "The votes lie apart: the outliers explain, then vote again.",
        "Die Stimmen liegen auseinander: Die Ausreißer erklären sich, dann wird neu abgestimmt.",
        "Los votos están separados: los extremos se explican y se vota de nuevo.",
    ];
    CAPABILITY_ALONE "capability-alone" [
        "Only time to market and ability to innovate are measured, not the value for customers: a warning sign.",
        "Gemessen werden nur Time-to-Market und Innovationsfähigkeit, nicht der Wert für die Kunden: ein Warnzeichen.",
        "Solo se miden el tiempo de lanzamiento y la capacidad de innovar, no el valor para los clientes: una señal de alerta.",
    ];
    SWITCHES "switches" [
        "Push and pull are stronger: people would switch.",
        "Druck und Zug sind stärker: Die Menschen würden wechseln.",
        "El empuje y la atracción son más fuertes: la gente cambiaría.",
    ];
    STAYS "stays" [
        "Anxiety and habit are at least as strong: people would stay.",
        "Angst und Gewohnheit sind mindestens so stark: Die Menschen würden bleiben.",
        "La ansiedad y el hábito son al menos igual de fuertes: la gente se quedaría.",
    ];
    FADING "fading" [
        "It has not been seen for 90 days and fades.",
        "Es wurde seit 90 Tagen nicht gesehen und verblasst.",
        "No se ha visto en 90 días y se desvanece.",
    ];
    NOT_COMPARED "not-compared" [
        "{0} is in {1} and was left out: unlike units are not compared.",
        "{0} ist in {1} und wurde ausgelassen: Ungleiche Einheiten werden nicht verglichen.",
        "{0} está en {1} y se dejó fuera: no se comparan unidades distintas.",
    ];
    FROM_ITS_DATE "from-its-date" [
        "{0} is dated in the future and counts from {1} on.",
        "{0} ist in die Zukunft datiert und zählt ab dem {1}.",
        "{0} tiene fecha futura y cuenta a partir del {1}.",
    ];
    NO_COUNT "no-count" [
        "{0} is in {1} and was left out: a step of a funnel counts people or what they do.",
        "{0} ist in {1} und wurde ausgelassen: Ein Schritt eines Trichters zählt Menschen oder was sie tun.",
        "{0} está en {1} y se dejó fuera: un paso de un embudo cuenta personas o lo que hacen.",
    ];
    MORE_THAN_BEFORE "more-than-before" [
        "{0} left out: {1} is more than the {2} before it.",
        "{0} ausgelassen: {1} ist mehr als die {2} davor.",
        "{0} sin contar: {1} es más que los {2} de antes.",
    ];
    STEPS_DIFFER "steps-differ" [
        "The steps count different things ({0}): they are shares only where each one is one of the step before.",
        "Die Schritte zählen Verschiedenes ({0}): Anteile sind es nur, wo jedes eines des Schritts davor ist.",
        "Los pasos cuentan cosas distintas ({0}): son proporciones solo si cada una es una del paso anterior.",
    ];
    LASTS_AT_BEST "lasts-at-best" [
        "At best more comes in than goes out, and it never ends.",
        "Im besten Fall kommt mehr herein, als hinausgeht, und es endet nie.",
        "En el mejor caso entra más de lo que sale y no se acaba nunca.",
    ];
    NEVER_AT_WORST "never-at-worst" [
        "At worst a piece earns no more than it costs, and it is never reached.",
        "Im schlechtesten Fall bringt ein Stück nicht mehr, als es kostet, und sie wird nie erreicht.",
        "En el peor caso una unidad no deja más de lo que cuesta y no se alcanza nunca.",
    ];
    OTHER_PERIOD "other-period" [
        "{0} was left out, its period is another one ({1}): ages are pooled only where they are equally long.",
        "{0} ist ausgelassen, denn der Zeitraum ist ein anderer ({1}): Nur gleich lange Alter werden zusammengefasst.",
        "{0} no cuenta porque su período es otro ({1}): solo se juntan edades igual de largas.",
    ];
    LEFT_OUT "left-out" [
        "{0} left out: {1}.",
        "{0} ausgelassen: {1}.",
        "{0} sin contar: {1}.",
    ];
}
