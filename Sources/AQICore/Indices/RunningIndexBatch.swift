// For whoever has years of many stations at hand, in the library: no command of the program needs it yet. A logger steps its
// one station with `StationWindows`.
#if !hasFeature(Embedded)

    /// One hour of sixteen stations: the five pollutants of the warning measure, thousandths, and which of them are there.
    ///
    /// The hours of a block lie one after the other, so that one pass reads memory from front to back and 24 hours of it stay
    /// in the innermost cache. A missing value is 0 and not present: adding and taking away need no choice.
    public struct BlockRow: Equatable, Sendable {
        var pm25 = Lanes(repeating: 0)
        var pm10 = Lanes(repeating: 0)
        var so2 = Lanes(repeating: 0)
        var no2 = Lanes(repeating: 0)
        var co = Lanes(repeating: 0)
        /// Five counts of 0 or 1, six bits each, by `pollutant.index`: the sums of 24 of them fit.
        var present = Lanes(repeating: 0)

        /// How many stations a row holds.
        public static let stationCount = 16

        /// A row in which everything is absent.
        public init() {}

        /// The concentration of a pollutant at a station of the block, 0...15.
        ///
        /// Kept is what an index needs: values above 89,478 units are kept as that (the index is 500 either way), values below
        /// -1048.576, which no analyser measures, are missing, and why a value is missing is not kept. Ozone is always absent.
        public subscript(pollutant: Pollutant, station: Int) -> Concentration {
            get {
                guard pollutant != .o3, present[station] &>> BlockRow.countShift(pollutant) & 1 != 0 else {
                    return .missing(.absent)
                }
                return Concentration(packed: self[lanesOf: pollutant][station])
            }
            set {
                guard pollutant != .o3 else { return }
                let value = newValue.thousandths.flatMap { $0 >= IndexLookup.lowestValue ? $0 : nil }
                self[lanesOf: pollutant][station] = min(value ?? 0, IndexLookup.highestValue)
                present[station] &= ~(1 &<< BlockRow.countShift(pollutant))
                if value != nil { present[station] |= 1 &<< BlockRow.countShift(pollutant) }
            }
        }

        /// Where the six bits of a pollutant's count begin.
        static func countShift(_ pollutant: Pollutant) -> Int32 { 6 &* Int32(pollutant.rawValue) }

        private subscript(lanesOf pollutant: Pollutant) -> Lanes {
            get {
                switch pollutant {
                case .pm25: pm25
                case .pm10: pm10
                case .so2: so2
                case .no2: no2
                case .co, .o3: co
                }
            }
            set {
                switch pollutant {
                case .pm25: pm25 = newValue
                case .pm10: pm10 = newValue
                case .so2: so2 = newValue
                case .no2: no2 = newValue
                case .co, .o3: co = newValue
                }
            }
        }
    }

    /// The index of one station-hour in four bytes.
    public struct RunningIndex: Equatable, Hashable, Sendable {
        /// Index + 1 in bits 0...9 (0: `NA`), primary pollutants in 10...14, valid ones in 16...20.
        public let packed: Int32

        /// Reads the packed form.
        public init(packed: Int32) { self.packed = packed }

        /// The index, 0...500, or nil for `NA`.
        public var index: Int32? {
            let stored = packed & 0x3FF
            return stored == 0 ? nil : stored - 1
        }

        /// The pollutants with the largest sub-index; none up to an index of 50 and for `NA`.
        public var primary: IndicatorSet { IndicatorSet(bits: UInt8(packed >> 10 & 0x1F)) }

        /// The pollutants whose 24 h mean is valid.
        public var valid: PollutantSet { PollutantSet(bits: UInt8(packed >> 16 & 0x1F)) }
    }

    /// Why a batch cannot be evaluated.
    public enum BatchError: Error, Equatable, Sendable {
        /// The edition's tables have no 24 h means of these pollutants, or do not fit.
        case unsuitableEdition(Edition)
        /// The output does not have one place an hour.
        case wrongLength(have: Int, need: Int)
    }

    /// `running24` without ozone over many hours of sixteen stations at once: the measure of the warning plan, for backfill.
    ///
    /// The same numbers as ``StationWindows`` with `ReportOptions(includesOzone: false)`, station by station and hour by hour;
    /// tests hold the two together.
    ///
    /// - Complexity: O(hours) an evaluation; no allocation after ``init(_:notMonitored:)``, which makes about 55 KB of tables an edition.
    ///
    /// Source: HJ 633, Plan 一(三); windows as GB 3095 table 4.
    public struct RunningIndexBatch: Sendable {
        /// An edition and its tables.
        private struct Rules {
            var edition: Edition
            var lookup: IndexLookup
        }

        /// In the order of their dates; one where the edition was chosen.
        private let rules: [Rules]

        /// A batch for an edition, or where it is nil for the ones in force at the time of the data.
        ///
        /// - Throws: ``BatchError/unsuitableEdition(_:)``.
        public init(_ edition: Edition?, notMonitored: PollutantSet = PollutantSet()) throws(BatchError) {
            var rules: [Rules] = []
            for edition in edition.map({ [$0] }) ?? Edition.chosenByDate {
                guard let lookup = IndexLookup(edition.rules, notMonitored: notMonitored) else {
                    throw .unsuitableEdition(edition)
                }
                rules.append(Rules(edition: edition, lookup: lookup))
            }
            self.rules = rules
        }

        /// Evaluates consecutive hours of sixteen stations; before the first hour nothing is known.
        ///
        /// - Parameters:
        ///   - rows: The hours, `rows[n]` is `first + n`.
        ///   - first: The first hour.
        ///   - output: One vector an hour, a lane a station: ``RunningIndex`` in its packed form.
        /// - Throws: ``BatchError/wrongLength(have:need:)``.
        public func evaluate(
            _ rows: Span<BlockRow>, from first: Hour, into output: inout MutableSpan<Lanes>
        ) throws(BatchError) {
            guard output.count == rows.count else { throw .wrongLength(have: output.count, need: rows.count) }
            var windows = BlockWindows()
            var start = 0
            for place in rules.indices {
                let (edition, lookup) = (rules[place].edition, rules[place].lookup)
                var end = rules.count == 1 ? rows.count : start
                while end < rows.count, Edition(forPeriodEndingAt: (first + Int32(end)).endingLabel) == edition {
                    end += 1
                }
                windows.run(
                    rows, start..<end, lookup, withholdsIncomplete: edition.rules.withholdsIncomplete, into: &output)
                start = end
            }
        }
    }

    /// The five windows of sixteen stations.
    private struct BlockWindows {
        /// Sums of the hours there are, thousandths.
        var pm25 = Lanes(repeating: 0)
        var pm10 = Lanes(repeating: 0)
        var so2 = Lanes(repeating: 0)
        var no2 = Lanes(repeating: 0)
        var co = Lanes(repeating: 0)
        /// How many hours there are, as in ``BlockRow/present``: one vector tells who has enough.
        var counts = Lanes(repeating: 0)

        @inline(never)
        mutating func run(
            _ rows: Span<BlockRow>, _ range: Range<Int>, _ lookup: IndexLookup,
            withholdsIncomplete: Bool, into output: inout MutableSpan<Lanes>
        ) {
            // Copies on the stack: the compiler keeps them in registers for the whole pass.
            var windows = self
            let words = lookup.words.span
            let (forPM25, forPM10, forSO2) = (lookup.sections[0], lookup.sections[1], lookup.sections[2])
            let (forNO2, forCO) = (lookup.sections[3], lookup.sections[4])
            let (missingHours, required) = (lookup.missingHours, lookup.required)
            let nothing = BlockRow()
            for hour in range {
                let row = rows[hour]
                let leaving = hour >= 24 ? rows[hour - 24] : nothing
                windows.pm25 &+= row.pm25 &- leaving.pm25
                windows.pm10 &+= row.pm10 &- leaving.pm10
                windows.so2 &+= row.so2 &- leaving.so2
                windows.no2 &+= row.no2 &- leaving.no2
                windows.co &+= row.co &- leaving.co
                windows.counts &+= row.present &- leaving.present
                var lead = LeadingIndex(counts: windows.counts &+ Lanes(repeating: missingHours))
                lead.take(windows.pm25, forPM25, words)
                lead.take(windows.pm10, forPM10, words)
                // Particulates mostly lead, on clean days NO2; a gas is looked up only where its sum could match them.
                if anyLane(lead.mayLead(windows.no2, forNO2)) { lead.take(windows.no2, forNO2, words) }
                let maySO2Lead = lead.mayLead(windows.so2, forSO2)
                let mayCOLead = lead.mayLead(windows.co, forCO)
                if anyLane(maySO2Lead .| mayCOLead) {
                    lead.take(windows.so2, forSO2, words)
                    lead.take(windows.co, forCO, words)
                }
                // Invariant: the range lies within the rows, and there are as many places as rows. The checked form is a call,
                // before which the windows leave their registers.
                unsafe output[unchecked: hour] = lead.packed(
                    required: required, withholdsIncomplete: withholdsIncomplete)
            }
            self = windows
        }
    }

    /// The largest sub-index so far, and who has it.
    private struct LeadingIndex {
        /// The five counts, each raised so that its highest bit says whether the mean is valid (``IndexLookup/missingHours``).
        let counts: Lanes
        var largest = Lanes(repeating: -1)
        var leaders = Lanes(repeating: 0)

        init(counts: Lanes) { self.counts = counts }

        @inline(always)
        mutating func take(_ sums: Lanes, _ section: IndexLookup.Section, _ words: Span<Int32>) {
            let zero = Lanes(repeating: 0)
            let own = Lanes(repeating: section.bit)
            let subIndices = Lanes(repeating: -1).replacing(
                with: section.subIndices(sums: sums, counts: counts, words), where: section.isValid(counts))
            leaders = leaders.replacing(with: zero, where: subIndices .> largest)
            leaders |= zero.replacing(with: own, where: subIndices .>= largest)
            largest = largest.atLeast(subIndices)
        }

        /// Where a pollutant could have as large a sub-index as the largest so far.
        @inline(always)
        func mayLead(_ sums: Lanes, _ section: IndexLookup.Section) -> SIMDMask<Lanes> {
            // 32...36 stand for 20...24 hours.
            let hours =
                ((counts &>> Lanes(repeating: section.countShift)) & Lanes(repeating: 63)) &- Lanes(repeating: 12)
            let enough = (largest &- Lanes(repeating: 1)) &* Lanes(repeating: section.sumForIndex) &* hours
            return (sums.atLeast(Lanes(repeating: 0)) .>= enough) .& section.isValid(counts)
        }

        @inline(always)
        func packed(required: Int32, withholdsIncomplete: Bool) -> Lanes {
            let zero = Lanes(repeating: 0)
            // The highest bits of the five fields side by side: bit 6i times 2^(20 - 5i) is bit 20 + i, and no two other products
            // meet.
            let highest = (counts &>> Lanes(repeating: 5)) & Lanes(repeating: 0b1_000001_000001_000001_000001)
            let valid =
                ((highest &* Lanes(repeating: 1 << 20 | 1 << 15 | 1 << 10 | 1 << 5 | 1)) &>> Lanes(repeating: 20))
                & Lanes(repeating: 0x1F)
            var published = largest &+ Lanes(repeating: 1)
            if withholdsIncomplete {
                // HJ 633-2026 5.3.1.
                let isIncomplete = (valid & Lanes(repeating: required)) .!= Lanes(repeating: required)
                published = published.replacing(with: zero, where: isIncomplete .& (largest .<= Lanes(repeating: 100)))
            }
            let primary = zero.replacing(with: leaders, where: published .> Lanes(repeating: 51))
            return published | primary &<< Lanes(repeating: 10) | valid &<< Lanes(repeating: 16)
        }
    }
#endif
