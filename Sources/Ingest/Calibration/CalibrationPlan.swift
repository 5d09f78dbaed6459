package import AQICore

/// What is known beforehand of the calibrations of one device.
package struct CalibrationPlan: Equatable, Sendable {
    /// An amount in the unit of a channel: thousandths of µg/m³ or ppb, for carbon monoxide mg/m³ or ppm.
    package struct Amount: Equatable, Sendable {
        package var thousandths: Int32
        package var isMixingRatio: Bool

        package init(thousandths: Int32, isMixingRatio: Bool) {
            self.thousandths = thousandths
            self.isMixingRatio = isMixingRatio
        }

        /// A number as somebody wrote it in a unit, nil for the parameter's own; nil beyond 2,000,000, or with more places than
        /// a thousandth has.
        package init?(_ number: ExactDecimal, of parameter: Parameter, in unit: MeasuringUnit?) {
            let divisor = (unit ?? .own(of: parameter)).billionthsInThousandth(of: parameter)
            guard number.billionths % divisor == 0, let exact = Int32(exactly: number.billionths / divisor),
                exact.magnitude <= 2_000_000_000
            else { return nil }
            self.init(thousandths: exact, isMixingRatio: unit?.isMixingRatio == true)
        }

        /// The amount in thousandths of the parameter's unit; a mixing ratio at the reference state of an instant.
        func concentration(of parameter: Parameter, at instant: Instant) -> Int32? {
            let value = Concentration(thousandths: thousandths)
            return isMixingRatio
                ? value.fromMixingRatio(of: parameter, at: ReferenceState(at: instant)).thousandths : value.thousandths
        }
    }

    /// What a phase of a kind should read on a channel.
    package struct Target: Equatable, Sendable {
        package var kind: CalibrationKind
        package var parameter: Parameter
        /// Of zero gas 0, whether or not it is written.
        package var reference: Amount?
        /// How far off the mean may be.
        package var limit: Amount?

        package init(_ kind: CalibrationKind, _ parameter: Parameter, reference: Amount?, limit: Amount?) {
            self.kind = kind
            self.parameter = parameter
            self.reference = reference
            self.limit = limit
        }
    }

    package var schedule = CalibrationSchedule()
    /// Whether the analyser is only checked (PZ, PS) in phases that a schedule or a person begins, or adjusted (CZ, CS).
    package var isCheck = true
    /// How long what is read after a phase still has the gas of the phase in it.
    package var recoveryMinutes = 5
    /// A phase that lasts longer was forgotten, or its status is stuck.
    package var longestMinutes = 120
    package var targets: [Target] = []

    package init() {}

    func target(_ kind: CalibrationKind, of parameter: Parameter) -> Target? {
        targets.first { $0.kind == kind && $0.parameter == parameter }
    }
}
