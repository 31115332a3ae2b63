//! What is said of experiments and of evidence.

use super::super::sentence::{RemarkKind, remarks};

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
    INVALID_UNPLANNED "invalid-unplanned" [
        "Invalid: it ended, and no number of participants was planned at which it was to end.",
        "Ungültig: Es ist beendet, und keine Zahl an Teilnehmenden war geplant, bei der es enden sollte.",
        "Inválido: terminó y no estaba previsto con cuántos participantes debía terminar.",
    ];
    INVALID_LATE "invalid-late" [
        "Invalid: locked after data.",
        "Ungültig: nach den Daten gesperrt.",
        "Inválido: bloqueado después de los datos.",
    ];
    STILL_RUNNING "still-running" [
        "The experiment is still running: this holds at its planned number alone, and whoever looks before finds differences that are none.",
        "Das Experiment läuft noch: Dies gilt erst bei der geplanten Zahl, und wer vorher hinsieht, findet Unterschiede, die keine sind.",
        "El experimento sigue en curso: esto solo vale con el número previsto, y quien mira antes encuentra diferencias que no lo son.",
    ];
    ONE_LOOK "one-look" [
        "The design may be looked at at any time, and this holds at one look alone: the verdict decides by a confidence sequence.",
        "In dieses Design darf man jederzeit hineinsehen, und dies gilt bei einem einzigen Hinsehen: Das Urteil entscheidet nach einer Konfidenzfolge.",
        "En este diseño se puede mirar en cualquier momento, y esto solo vale en una única mirada: el veredicto decide por una secuencia de confianza.",
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
    LOCK_NOWHERE "lock-nowhere" [
        "The lock names no point of a workspace’s history: nothing proves when it was taken.",
        "Die Sperre nennt keinen Punkt in der Geschichte eines Arbeitsbereichs: Nichts belegt, wann sie genommen wurde.",
        "El bloqueo no nombra ningún punto de la historia de un espacio de trabajo: nada prueba cuándo se tomó.",
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
        "Participants in readings after the planned number of {1} was reached are left out ({0}).",
        "Teilnehmende in Messwerten, nachdem die geplante Zahl von {1} erreicht war, sind ausgelassen ({0}).",
        "Los participantes de mediciones posteriores a alcanzar los {1} previstos no cuentan ({0}).",
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
    LOCKED_AFTER_START "locked-after-start" [
        "The plan was locked {0} days after the experiment began: nothing proves that the criterion was not chosen by what had been seen.",
        "Der Plan wurde {0} Tage nach Beginn des Experiments gesperrt: Nichts belegt, dass das Kriterium nicht nach dem gewählt wurde, was zu sehen war.",
        "El plan se bloqueó {0} días después de empezar el experimento: nada prueba que el criterio no se eligiera por lo que ya se veía.",
    ];
    TOO_FEW_TO_LOOK "too-few-to-look" [
        "{0} in the smallest group: a confidence sequence is looked at from {1} on, since it is an approximation for large samples.",
        "{0} in der kleinsten Gruppe: In eine Konfidenzfolge wird ab {1} gesehen, denn sie ist eine Näherung für große Stichproben.",
        "{0} en el grupo más pequeño: una secuencia de confianza se mira a partir de {1}, pues es una aproximación para muestras grandes.",
    ];
    COUNT_OF_PLANNED "count-of-planned" [
        "The interval is that of the count among the planned {0}, not among those who came.",
        "Das Intervall ist das der Anzahl unter den geplanten {0}, nicht unter denen, die kamen.",
        "El intervalo es el del recuento entre los {0} previstos, no entre los que vinieron.",
    ];
    COHORTS_LEFT "cohorts-left" [
        "Readings of cohorts are left out: their people are among those of the readings of everyone.",
        "Messwerte von Kohorten sind ausgelassen: Ihre Leute sind unter denen der Messwerte aller.",
        "Las mediciones de cohortes no cuentan: su gente ya está en las mediciones de todos.",
    ];
    MAY_BE_TOTALS "may-be-totals" [
        "Every reading has more participants than the one before, and they are added up. If each counts everyone so far, say so at the metric (“Readings count”).",
        "Jeder Messwert hat mehr Teilnehmende als der vorige, und sie werden addiert. Zählt jeder alle bisherigen, gib es bei der Kennzahl an („Messwerte zählen“).",
        "Cada medición tiene más participantes que la anterior y se suman. Si cada una cuenta a todos hasta entonces, dilo en la métrica («Las lecturas cuentan»).",
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
        "Keine Zahl von Teilnehmenden ist geplant.",
        "No se ha previsto un número de participantes.",
    ];
    PAST_END "past-end" [
        "Its last day was {0}, and what was read since then does not count: say that it is over, or enter a later last day.",
        "Der letzte Tag war {0}, und was seither gemessen wurde, zählt nicht: Sagt, dass es vorbei ist, oder tragt einen späteren letzten Tag ein.",
        "Su último día fue {0}, y lo medido desde entonces no cuenta: di que terminó, o indica un último día posterior.",
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
        "It is no share of a sample and has no interval: judged by the value alone.",
        "Es ist kein Anteil einer Stichprobe und hat kein Intervall: nach dem Wert allein beurteilt.",
        "No es una proporción de una muestra ni tiene intervalo: se juzga solo por el valor.",
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
    NO_EVIDENCE "no-evidence" [
        "No evidence supports it: it counts as self-conviction.",
        "Kein Beleg stützt es: Es zählt als Selbstüberzeugung.",
        "Ninguna prueba lo apoya: cuenta como convicción propia.",
    ];
    FEW_POINTS "few-points" [
        "{0} has too few data points to learn much from ({1}).",
        "{0} hat zu wenige Datenpunkte, um viel daraus zu lernen ({1}).",
        "{0} tiene muy pocos puntos de datos para aprender mucho ({1}).",
    ];
    OTHER_THEME "other-theme" [
        "About {0}: it is a matter of {1}, which experiments of this type do not test.",
        "Zu {0}: Da geht es um {1}, und das prüft diese Art von Experiment nicht.",
        "Sobre {0}: es cuestión de {1}, que este tipo de experimento no prueba.",
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
    CONTRADICTED "contradicted" [
        "The value says {0} % and its own counts {1} %: one of them is wrong.",
        "Der Wert sagt {0} % und die eigenen Zahlen {1} %: Eines davon ist falsch.",
        "El valor dice {0} % y sus propios recuentos {1} %: uno de los dos está mal.",
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
}
