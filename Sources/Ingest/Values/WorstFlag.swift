package import AQICore

extension DataFlag {
    /// All marks, the worst first: what a device with several troubles is said to have.
    ///
    /// What needs somebody to come goes before what somebody is doing there, and that before what was done to the
    /// number afterwards; of two calibrations the one that says more. Marks with which a value counts come last,
    /// `normal` after all.
    package static let worstFirst: [DataFlag] = [
        .fault, .stopped, .communication, .badConnection,
        .zeroCalibration, .spanCalibration, .zeroCheck, .spanCheck, .precisionCheck, .calibration,
        .maintenance, .recovering, .setByHand, .removed, .insufficient, .negative, .unknown, .absent,
        .overRange, .highSpecification, .lowSpecification, .suspect, .backfilled, .normal,
    ]

    /// The worse of two marks.
    package static func worse(_ left: DataFlag, _ right: DataFlag) -> DataFlag {
        worstFirst.first { $0 == left || $0 == right } ?? left
    }
}
