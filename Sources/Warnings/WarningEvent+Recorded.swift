package import AQICore

extension WarningEvent {
    /// An event as its record has it.
    package init(
        hour: Hour, kind: Kind, level: WarningLevel, basis: Basis, number: Int, isEmergency: Bool,
        spell: (first: Hour, last: Hour)?, primary: IndicatorSet, signedBy: Role?, index24: Int32?, indexHour: Int32?,
        largestAhead: Int32?
    ) {
        let evidence = Evidence(index24: index24, indexHour: indexHour, largestAhead: largestAhead)
        self.init(
            hour: hour, kind: kind, proposal: nil, level: level, basis: basis, number: number, isEmergency: isEmergency,
            spell: spell.map { Spell(first: $0.first, last: $0.last) }, primary: primary, signedBy: signedBy,
            evidence: evidence)
    }
}
