// What editions are called. Embedded Swift goes without: the core of a logger has no text.
#if !hasFeature(Embedded)

    /// What people call an edition, and where it says what.
    public struct EditionText: Sendable {
        /// A unit in which values are given and shown.
        public struct Unit: Sendable {
            /// The unit.
            public let name: String
            /// The decimals that a thousandth of the unit of the table has in it: 3 where both are the same, 6 for ppm shown of a
            /// table in ppb.
            public let decimals: Int

            /// A unit.
            init(_ name: String, decimals: Int = 3) {
                self.name = name
                self.decimals = decimals
            }
        }

        /// The name in commands and files.
        public let name: String
        /// The standard as people cite it.
        public let title: String
        /// What the values are of which it judges: means, units.
        public let values: String
        /// Where it says how a concentration is rounded.
        public let preparation: String
        /// Where the breakpoints are.
        public let table: String
        /// Where the formula is.
        public let formula: String
        /// Where it says how an index is rounded.
        public let rounding: String
        /// Where it says what the index and the primary pollutant are.
        public let primary: String
        /// Where the weighted mean of hours is; empty where it has none.
        public var nowCast = ""
        /// By `pollutant.index`.
        public var units: [Unit] = ["µg/m³", "µg/m³", "µg/m³", "µg/m³", "mg/m³", "µg/m³"].map { Unit($0) }
        /// The names of the six levels as the standard prints them, where they are not those of HJ 633.
        public var levels: [String] = []
    }

    extension Edition: CustomStringConvertible {
        /// All editions.
        public static let all: [Edition] = list.indices.map { Edition(number: UInt8($0)) }

        /// Those among which the time of the data chooses, in the order of their dates.
        public static let chosenByDate: [Edition] = all.filter { $0.rules.isChosenByDate }

        /// What people call it, and where it says what.
        public var text: EditionText { Edition.list[Int(number)].text() }

        /// The name in commands and files.
        public var name: String { text.name }

        /// The name.
        public var description: String { name }

        /// The edition of a name.
        public init?(name: String) {
            guard let edition = Edition.all.first(where: { $0.name == name }) else { return nil }
            self = edition
        }
    }
#endif
