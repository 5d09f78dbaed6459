// For backfill: a year of a province in a second. A logger steps its one station with `StationWindows`.
#if !hasFeature(Embedded)

    /// One hour of sixteen stations: the five pollutants of the warning measure, packed ``Concentration``s.
    ///
    /// The hours of a block lie one after the other, so that one pass reads memory from front to back and 24 hours of it stay
    /// in the innermost cache.
    public struct BlockRow: Equatable, Sendable {
        /// PM2.5.
        public var pm25 = Lanes.absent
        /// PM10.
        public var pm10 = Lanes.absent
        /// SO2.
        public var so2 = Lanes.absent
        /// NO2.
        public var no2 = Lanes.absent
        /// CO.
        public var co = Lanes.absent

        /// How many stations a row holds.
        public static let stationCount = 16

        /// A row in which everything is absent.
        public init() {}

        /// The concentration of a pollutant at a station of the block, 0...15; ozone is always absent.
        public subscript(pollutant: Pollutant, station: Int) -> Concentration {
            get {
                switch pollutant {
                case .pm25: Concentration(packed: pm25[station])
                case .pm10: Concentration(packed: pm10[station])
                case .so2: Concentration(packed: so2[station])
                case .no2: Concentration(packed: no2[station])
                case .co: Concentration(packed: co[station])
                case .o3: .missing(.absent)
                }
            }
            set {
                switch pollutant {
                case .pm25: pm25[station] = newValue.packed
                case .pm10: pm10[station] = newValue.packed
                case .so2: so2[station] = newValue.packed
                case .no2: no2[station] = newValue.packed
                case .co: co[station] = newValue.packed
                case .o3: break
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
    /// - Complexity: O(hours) an evaluation; no allocation after ``init(_:notMonitored:)``, which makes about 400 KB of tables.
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
            for edition in edition.map({ [$0] }) ?? [.hj633Of2012, .hj633Of2026] {
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
                    rows, start..<end, lookup.sections, lookup.words.span,
                    withholdsIncomplete: edition.rules.withholdsIncomplete, into: &output)
                start = end
            }
        }
    }

    /// The five windows of sixteen stations.
    private struct BlockWindows {
        var pm25 = CappedWindow()
        var pm10 = CappedWindow()
        var so2 = CappedWindow()
        var no2 = CappedWindow()
        var co = CappedWindow()

        @inline(never)
        mutating func run(
            _ rows: Span<BlockRow>, _ range: Range<Int>, _ sections: InlineArray<5, IndexLookup.Section>,
            _ words: Span<Int32>, withholdsIncomplete: Bool, into output: inout MutableSpan<Lanes>
        ) {
            // Copies on the stack: the compiler keeps them in registers for the whole pass.
            var windows = self
            let (forPM25, forPM10, forSO2) = (sections[0], sections[1], sections[2])
            let (forNO2, forCO) = (sections[3], sections[4])
            var required: Int32 = 0
            for place in sections.indices where sections[place].hoursNeeded <= IndexLookup.hours {
                required |= 1 << Int32(place)
            }
            let nothing = BlockRow()
            for hour in range {
                let row = rows[hour]
                let leaving = hour >= 24 ? rows[hour - 24] : nothing
                windows.pm25.slide(entering: row.pm25, leaving: leaving.pm25, cap: forPM25.cap)
                windows.pm10.slide(entering: row.pm10, leaving: leaving.pm10, cap: forPM10.cap)
                windows.so2.slide(entering: row.so2, leaving: leaving.so2, cap: forSO2.cap)
                windows.no2.slide(entering: row.no2, leaving: leaving.no2, cap: forNO2.cap)
                windows.co.slide(entering: row.co, leaving: leaving.co, cap: forCO.cap)
                // Particulates mostly lead; a gas is looked up only where its sum could match them.
                var lead = LeadingIndex()
                lead.take(windows.pm25, forPM25, words, bit: 1)
                lead.take(windows.pm10, forPM10, words, bit: 2)
                lead.takeIfLeading(windows.no2, forNO2, words, bit: 8)
                lead.takeIfLeading(windows.so2, forSO2, words, bit: 4)
                lead.takeIfLeading(windows.co, forCO, words, bit: 16)
                // Invariant: the range lies within the rows, and there are as many places as rows. The checked form is a call,
                // before which the windows leave their registers.
                unsafe output[unchecked: hour] = lead.packed(
                    required: required, withholdsIncomplete: withholdsIncomplete)
            }
            self = windows
        }
    }

    /// A 24 h window of sixteen channels whose values are capped where more changes no index, so that the sums never wrap.
    private struct CappedWindow {
        var sums = Lanes(repeating: 0)
        var counts = Lanes(repeating: 0)

        @inline(always)
        mutating func slide(entering: Lanes, leaving: Lanes, cap: Int32) {
            let lowest = Lanes(repeating: Concentration.lowestValue)
            let highest = Lanes(repeating: cap)
            let zero = Lanes(repeating: 0)
            let one = Lanes(repeating: 1)
            let isEntering = entering .>= lowest
            let isLeaving = leaving .>= lowest
            sums &+=
                zero.replacing(with: entering.atMost(highest), where: isEntering)
                &- zero.replacing(with: leaving.atMost(highest), where: isLeaving)
            counts &+= zero.replacing(with: one, where: isEntering) &- zero.replacing(with: one, where: isLeaving)
        }
    }

    /// The largest sub-index so far, who has it, and whose mean is valid.
    private struct LeadingIndex {
        var largest = Lanes(repeating: -1)
        var leaders = Lanes(repeating: 0)
        var valid = Lanes(repeating: 0)

        @inline(always)
        mutating func take(
            _ window: CappedWindow, _ section: IndexLookup.Section, _ words: Span<Int32>, bit: Int32
        ) {
            let zero = Lanes(repeating: 0)
            let own = Lanes(repeating: bit)
            let isValid = section.isValid(window.counts)
            let subIndices = Lanes(repeating: -1).replacing(
                with: section.subIndices(sums: window.sums, counts: window.counts, words), where: isValid)
            leaders = leaders.replacing(with: zero, where: subIndices .> largest)
            leaders |= zero.replacing(with: own, where: subIndices .>= largest)
            largest = largest.atLeast(subIndices)
            valid |= zero.replacing(with: own, where: isValid)
        }

        @inline(always)
        mutating func takeIfLeading(
            _ window: CappedWindow, _ section: IndexLookup.Section, _ words: Span<Int32>, bit: Int32
        ) {
            let isValid = section.isValid(window.counts)
            let enough = (largest &- Lanes(repeating: 1)) &* Lanes(repeating: section.sumForIndex)
            if anyLane((window.sums.atLeast(Lanes(repeating: 0)) .>= enough) .& isValid) {
                take(window, section, words, bit: bit)
            } else {
                valid |= Lanes(repeating: 0).replacing(with: Lanes(repeating: bit), where: isValid)
            }
        }

        @inline(always)
        func packed(required: Int32, withholdsIncomplete: Bool) -> Lanes {
            let zero = Lanes(repeating: 0)
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
