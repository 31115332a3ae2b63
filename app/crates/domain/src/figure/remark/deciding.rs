//! What is said of priorities, goals and money, and of whatever was left out.

use super::super::sentence::{RemarkKind, remarks};

remarks! {
    MEAN_OF_RATINGS "mean-of-ratings" [
        "{0}: the mean of {1} ratings, from {2} to {3}.",
        "{0}: das Mittel von {1} Bewertungen, von {2} bis {3}.",
        "{0}: la media de {1} valoraciones, de {2} a {3}.",
    ];
    UNSIGNED "unsigned" [
        "Votes that name nobody ({0}): whether they keep to the budget cannot be told.",
        "Stimmen, die niemanden nennen ({0}): Ob sie das Budget einhalten, lässt sich nicht sagen.",
        "Votos que no nombran a nadie ({0}): no se puede saber si respetan el presupuesto.",
    ];
    ONE_RATING "one-rating" [
        "{0}: from one rating.",
        "{0}: aus einer Bewertung.",
        "{0}: de una sola valoración.",
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
    FRACTION "fraction" [
        "A confidence of {0} % is hardly meant: 80 % is written as 80, or as “80%”.",
        "Eine Zuversicht von {0} % ist kaum gemeint: 80 % schreibt man als 80 oder als „80%“.",
        "Una confianza del {0} % difícilmente es lo que se quiere decir: el 80 % se escribe 80 o «80%».",
    ];
    SHARE_MEANT "share-meant" [
        "{0}: {1} % is hardly meant. 3 % is written as 3, or as “3%”.",
        "{0}: {1} % ist kaum gemeint. 3 % schreibt man als 3 oder als „3%“.",
        "{0}: {1} % difícilmente es lo que se quiere decir. El 3 % se escribe 3 o «3%».",
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
    NOT_COMPARED "not-compared" [
        "{0} is in {1} and was left out: unlike units are not compared.",
        "{0} ist in {1} und wurde ausgelassen: Ungleiche Einheiten werden nicht verglichen.",
        "{0} está en {1} y se dejó fuera: no se comparan unidades distintas.",
    ];
    LASTS_AT_BEST "lasts-at-best" [
        "At best more comes in than goes out, and it never ends.",
        "Im besten Fall kommt mehr herein, als hinausgeht, und es endet nie.",
        "En el mejor caso entra más de lo que sale y no se acaba nunca.",
    ];
    STAYS_AT_BEST "stays-at-best" [
        "At best no customer ever leaves, so that there is no most.",
        "Im besten Fall geht nie ein Kunde, sodass es keinen Höchstwert gibt.",
        "En el mejor caso ningún cliente se va nunca, así que no hay máximo.",
    ];
    NEVER_AT_WORST "never-at-worst" [
        "At worst a piece earns no more than it costs, and it is never reached.",
        "Im schlechtesten Fall bringt ein Stück nicht mehr, als es kostet, und sie wird nie erreicht.",
        "En el peor caso una unidad no deja más de lo que cuesta y no se alcanza nunca.",
    ];
    TYPED_OUTCOME "typed-outcome" [
        "The outcome entered is {0}, and {1} says {2}: the reading counts.",
        "Eingetragen ist die Wirkung {0}, und {1} sagt {2}: Der Messwert zählt.",
        "El resultado introducido es {0} y {1} dice {2}: cuenta la medición.",
    ];
    NOT_MEASURED "not-measured" [
        "The outcome was entered, and no reading since it was shipped shows it.",
        "Die Wirkung ist eingetragen, und kein Messwert seit der Auslieferung zeigt sie.",
        "El resultado se introdujo y ninguna medición desde la publicación lo muestra.",
    ];
    RISK_BY_EVIDENCE "risk-by-evidence" [
        "No risk is entered: the one by evidence was taken, which falls as evidence arrives.",
        "Kein Risiko ist eingetragen: Genommen ist das nach Belegen, das mit jedem Beleg sinkt.",
        "No se ha introducido ningún riesgo: se tomó el que dan las pruebas, que baja con ellas.",
    ];
    NOT_NARROWED "not-narrowed" [
        "No factor narrows it: it is as large as the market before it.",
        "Kein Faktor grenzt es ein: Es ist so groß wie der Markt davor.",
        "Ningún factor lo reduce: es tan grande como el mercado anterior.",
    ];
    LEFT_OUT "left-out" [
        "{0} left out: {1}.",
        "{0} ausgelassen: {1}.",
        "{0} sin contar: {1}.",
    ];
}
