//! What is said of surveys, user tests, funnels and teams.

use super::super::sentence::{RemarkKind, remarks};

remarks! {
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
    ANSWERED_AGAIN "answered-again" [
        "Left out are earlier answers of people who answered again ({0}). The last one of each counts.",
        "Ausgelassen sind frühere Antworten von Leuten, die noch einmal geantwortet haben ({0}). Von allen zählt die letzte.",
        "No cuentan respuestas anteriores de quienes volvieron a responder ({0}). De cada persona cuenta la última.",
    ];
    LOPSIDED "lopsided" [
        "One half is less than half of the other: deepen what fans love, and remove what holds others back, alike.",
        "Eine Hälfte ist weniger als halb so groß wie die andere: Vertieft, was Fans lieben, und beseitigt, was andere abhält, gleichermaßen.",
        "Una mitad es menos de la mitad de la otra: profundiza lo que aman los fans y quita lo que frena a los demás, por igual.",
    ];
    ASK_AGAIN "ask-again" [
        "It was asked on {0}, over a quarter ago: ask again.",
        "Gefragt wurde am {0}, vor über einem Quartal: Fragt noch einmal.",
        "Se preguntó el {0}, hace más de un trimestre: vuelve a preguntar.",
    ];
    FIT_FEW "fit-few" [
        "Fewer than five answers are too few to say on which side of 40 % it is.",
        "Weniger als fünf Antworten sind zu wenige, um zu sagen, auf welcher Seite von 40 % es liegt.",
        "Menos de cinco respuestas son muy pocas para decir a qué lado del 40 % está.",
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
    FEW_SUS "few-sus" [
        "Fewer than five people are too few to say whether it is above or below the average of 68.",
        "Weniger als fünf Personen sind zu wenige, um zu sagen, ob es über oder unter dem Durchschnitt von 68 liegt.",
        "Menos de cinco personas son muy pocas para decir si está por encima o por debajo de la media de 68.",
    ];
    UNCERTAIN_SUS "uncertain-sus" [
        "The average of 68 lies within the interval: too few to say whether it is above or below.",
        "Der Durchschnitt von 68 liegt im Intervall: zu wenige, um zu sagen, ob es darüber oder darunter liegt.",
        "La media de 68 está dentro del intervalo: muy pocas para decir si está por encima o por debajo.",
    ];
    ABOVE_AVERAGE_SUS "above-average-sus" [
        "At or above the average of 68, and so is the whole interval.",
        "Am Durchschnitt von 68 oder darüber, und das ganze Intervall auch.",
        "En la media de 68 o por encima, y todo el intervalo también.",
    ];
    BELOW_AVERAGE_SUS "below-average-sus" [
        "Below the average of 68, and so is the whole interval.",
        "Unter dem Durchschnitt von 68, und das ganze Intervall auch.",
        "Por debajo de la media de 68, y todo el intervalo también.",
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
    ACROSS_A_GAP "across-a-gap" [
        "The step to {0} is from {1}: {2} between them has no count that can be used.",
        "Der Schritt zu {0} geht von {1} aus: {2} dazwischen hat keine brauchbare Zahl.",
        "El paso a {0} parte de {1}: {2}, entre ambos, no tiene un recuento utilizable.",
    ];
    STARTS_LATER "starts-later" [
        "All shares are of {0}: {1} before it has no count that can be used.",
        "Alle Anteile beziehen sich auf {0}: {1} davor hat keine brauchbare Zahl.",
        "Todas las proporciones son de {0}: {1}, antes, no tiene un recuento utilizable.",
    ];
    NONE_MARKED "none-marked" [
        "No metric is marked as the one that matters.",
        "Keine Kennzahl ist als die eine gekennzeichnet, die zählt.",
        "Ninguna métrica está marcada como la que importa.",
    ];
    SEVERAL_MARKED "several-marked" [
        "Several metrics are marked as the one that matters: choose one.",
        "Mehrere Kennzahlen sind als die eine gekennzeichnet, die zählt: Wählt eine.",
        "Hay varias métricas marcadas como la que importa: elige una.",
    ];
    NO_PRICES "no-prices" [
        "Not every segment has a price in one unit: they are compared by their margin alone.",
        "Nicht jedes Segment hat einen Preis in einer Einheit: Verglichen wird allein die Marge.",
        "No todos los segmentos tienen precio en una unidad: se comparan solo por el margen.",
    ];
    UNLIKE_SIZES "unlike-sizes" [
        "The sizes are in unlike units and are not compared.",
        "Die Größen haben ungleiche Einheiten und werden nicht verglichen.",
        "Los tamaños tienen unidades distintas y no se comparan.",
    ];
    STANDS_ELSEWHERE "stands-elsewhere" [
        "It stands under “{0}”, and the answers say: {1}.",
        "Es steht unter „{0}“, und die Antworten sagen: {1}.",
        "Está en «{0}», y las respuestas dicen: {1}.",
    ];
    COUNTS_UNUSED "counts-unused" [
        "Answers entered as counts are left out ({0}): those entered one by one count.",
        "Als Zahlen eingetragene Antworten bleiben außen vor ({0}): Es zählen die einzeln eingetragenen.",
        "Las respuestas introducidas como recuento quedan fuera ({0}): cuentan las introducidas una a una.",
    ];
    UNKNOWN_USES "unknown-uses" [
        "Answers that do not say how often they used it: {0}. They count as if often enough.",
        "Antworten, die nicht sagen, wie oft sie es benutzt haben: {0}. Sie zählen wie oft genug.",
        "Respuestas que no dicen con qué frecuencia lo usaron: {0}. Cuentan como si bastante.",
    ];
    FELT_UNCERTAIN "felt-uncertain" [
        "Enough named it unprompted, and so few were asked that the interval reaches below the share needed.",
        "Genug nannten es ungefragt, und es sind so wenige Befragte, dass das Intervall unter den nötigen Anteil reicht.",
        "Bastantes lo nombraron sin que se les preguntara, y son tan pocos que el intervalo baja de la proporción necesaria.",
    ];
    SAME_DAY "same-day" [
        "Readings of {0}: {1}. The last of them by id counts.",
        "Messwerte vom {0}: {1}. Es zählt der letzte nach Id.",
        "Mediciones del {0}: {1}. Cuenta la última por id.",
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
    OTHER_PERIOD "other-period" [
        "{0} was left out, its period is another one ({1}): ages are pooled only where they are equally long.",
        "{0} ist ausgelassen, denn der Zeitraum ist ein anderer ({1}): Nur gleich lange Alter werden zusammengefasst.",
        "{0} no cuenta porque su período es otro ({1}): solo se juntan edades igual de largas.",
    ];
}
