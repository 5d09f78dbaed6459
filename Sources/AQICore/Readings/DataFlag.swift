/// What is known of a value besides its size: the marks of HJ 212 for the wire, those of the national stations for
/// validity, and three of ours: one that a value looks wrong, two for a value that never came.
///
/// Source: HJ 212-2017 table of data flags (N F M S D C T B); national station flags (H BB W HSp LSp PS PZ AS CZ CS RM Re).
public enum DataFlag: UInt8, Sendable {
    /// N: normal.
    case normal = 0
    /// T: above the upper limit of the range; the value counts.
    case overRange = 1
    /// HSp: above the set upper limit; the value counts.
    case highSpecification = 2
    /// LSp: below the set lower limit; the value counts.
    case lowSpecification = 3
    /// Re: filled in later from the instrument's own records; the value counts.
    case backfilled = 4
    /// Q and a rule's name, as Qspike: looks wrong by a rule of ``QualityCheck``; the value counts.
    case suspect = 5

    /// F: the instrument is stopped.
    case stopped = 32
    /// M: under maintenance.
    case maintenance = 33
    /// S: set by hand.
    case setByHand = 34
    /// D: the instrument is faulty.
    case fault = 35
    /// C: in calibration.
    case calibration = 36
    /// B: no communication with the instrument. (The national stations' "B", bad operation, is read as this too.)
    case communication = 37
    /// H: too few valid data in the period.
    case insufficient = 38
    /// BB: bad connection.
    case badConnection = 39
    /// W: waiting for recovery.
    case recovering = 40
    /// PS: span check.
    case spanCheck = 41
    /// PZ: zero check.
    case zeroCheck = 42
    /// AS: precision check.
    case precisionCheck = 43
    /// CZ: zero calibration.
    case zeroCalibration = 44
    /// CS: span calibration.
    case spanCalibration = 45
    /// RM: made invalid by automatic or manual review.
    case removed = 46
    /// Neg: negative beyond the noise of the instrument.
    case negative = 47
    /// A mark that this program does not know: taken as invalid.
    case unknown = 62
    /// No value came; nothing says why.
    case absent = 63

    /// Whether a value with this mark counts in averages.
    public var isValid: Bool { rawValue < 32 }
}
