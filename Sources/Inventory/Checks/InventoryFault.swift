package import Warnings

/// What is wrong with a row, and where it stands. Words are made in `Texts`.
package struct InventoryFault: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        // A file of which nothing could be read.
        case notUTF8
        case damagedGzip
        case unclosedQuote
        case textAfterQuote
        /// The header is of none of the tables; these are the columns that tell them apart.
        case unknownTable(markers: [String])
        case unknownColumn
        case missingColumn
        case repeatedColumn
        // A row in itself.
        case fieldCount(have: Int, need: Int)
        case emptyField
        case badNumber(String)
        case tooManyDecimals(String, most: Int)
        case outOfRange(String, lowest: String, highest: String)
        case notOneOf(String, allowed: [String])
        case badDate(String)
        /// Only PM is dust.
        case dustIsOnlyPM(String)
        // Rows beside each other.
        case duplicate(of: SourceLine)
        case unknownPlant(String)
        case unknownProcess(plant: String, process: String)
        case plantWithoutProcess
        case isListed(String)
        case fallsWithLevel(WarningLevel)
        /// A routine cut above what its sector emits: both in grams.
        case aboveBase(Int64, of: Int128)
        case missingFigure(BaseFigure.Quantity)
        case listNeeds(Membership.Ground)
        /// A site on the positive list has all seven precautions (Plan 五(五)2).
        case withoutPrecautions([DustSource.Precaution])
        /// A rule that holds "in principle": without a reason it is not broken.
        case principle(Principle)

        /// Whether a whole file is missing because of it.
        var isOfFile: Bool {
            switch self {
            case .notUTF8, .damagedGzip, .unclosedQuote, .textAfterQuote, .unknownTable, .unknownColumn, .missingColumn,
                .repeatedColumn:
                true
            default: false
            }
        }

        /// Whether it says that a row is not there.
        var isOfAbsence: Bool {
            switch self {
            case .unknownPlant, .unknownProcess, .plantWithoutProcess: true
            default: false
            }
        }

        /// Whether it is judged by sums and absences, which one bad row makes wrong.
        var isOfTheWhole: Bool {
            switch self {
            case .aboveBase, .missingFigure: true
            default: false
            }
        }
    }

    package let line: SourceLine
    package let column: String?
    package let kind: Kind

    package init(_ kind: Kind, at line: SourceLine, column: String? = nil) {
        self.kind = kind
        self.line = line
        self.column = column
    }
}

/// Rules from which the plan itself allows exceptions (原则上): a person decides, with a reason.
package enum Principle: Equatable, Sendable {
    /// Rotating shutdown in three batches at most (五(七)).
    case batches(Int64)
    /// A guaranteed enterprise is rated B or better (五(五)3).
    case guaranteedRating(Rating)
    /// Who is on the positive list is not stopped (五(五)1).
    case positiveStops(WarningLevel)
}

/// Everything that is wrong with an inventory, in the order of files and lines. Nothing of it was taken.
package struct InventoryFaults: Error, Equatable, Sendable {
    package let faults: [InventoryFault]

    package init(_ faults: [InventoryFault]) {
        self.faults = faults
    }
}

/// What a person should know of an inventory that is good.
package enum InventoryRemark: Sendable {
    /// Stated, and not counted.
    case idle(Plant)
    case rating(Plant, Standing)
    case offList(Plant, Membership)
    case unlisted(Inspection)
    case excepted(Plant, Principle)
}
