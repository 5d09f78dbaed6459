// Tables for machines that have a cache to hold them. A logger evaluates its few channels with `BreakpointTable`.
#if !hasFeature(Embedded)

    /// The sub-indices of 24 h means, looked up from sum and count instead of divided: exact, and one load a mean.
    ///
    /// Concentrations are cut into buckets so narrow that the sub-index steps at most once within each or near its ends. The mean,
    /// to a few parts in ten thousand, finds the bucket; its word says the sub-index below the step, the mean at which it steps
    /// and how far; one comparison of the exact sum decides. The words are made from ``IndexRules/evaluate(_:by:)``, so they
    /// hold for an edition that rounds concentrations first and for one that does not, and every bucket is checked when it is
    /// made.
    ///
    /// Source: HJ 633, as `BreakpointTable` has it; GB 3095 table 4 (20 of 24 hours).
    struct IndexLookup: Sendable {
        /// Where a pollutant's words lie and how its sums find them.
        struct Section {
            /// Sums lose so many bits before they are multiplied, so that products fit into 32 bits.
            var sumShift: Int32
            /// The width of a bucket is `1 << widthBits` thousandths.
            var widthBits: Int32
            /// The first word.
            var base: Int32
            /// From this sum on the sub-index is that of the table's end, whatever the count.
            var lastSum: Int32
            /// A sub-index of `i` needs a sum of at least `sumForIndex * (i - 1)` an hour: less is not worth a look where
            /// another pollutant has `i` already.
            var sumForIndex: Int32
            /// Where the pollutant's count lies in a vector of counts, and its bit in a set of pollutants.
            var place: Int32
        }

        /// A word: the mean of the step from ``margin`` before the bucket on in bits 0...11, whether that mean itself
        /// has the higher index in 12, how far it steps in 13...15, the lower index from 16 on.
        struct Word {
            var lowIndex: Int32
            var step: Int32 = 0
            /// Thousandths.
            var mean: Int32 = 0
            var isInclusive = false

            /// The part of the mean that each index above the first takes up to the step of this bucket: below it there are fewer.
            var meanForIndex: Int32 {
                let highIndex = lowIndex + step
                return step == 0 || highIndex < 2 ? .max : (mean - 1) / (highIndex - 1)
            }

            /// Nil where the mean is too far from the bucket.
            func packed(bucket: Int32, widthBits: Int32) -> Int32? {
                let beginning = bucket << widthBits - IndexLookup.margin
                let offset = step == 0 ? 0 : mean - beginning
                guard offset >= 0, offset < 1 << 12, step >= 0, step < 1 << 3 else { return nil }
                return lowIndex << 16 | step << 13 | (isInclusive ? 1 << 12 : 0) | offset
            }
        }

        /// What a value must at least be to count here, thousandths. No analyser measures -1048 µg/m³.
        static let lowestValue: Int32 = -(1 << 20)
        /// What a value at most counts as. One of these among 23 of the lowest ones is still beyond every table, so that it changes
        /// no index, and 24 of them add up within 32 bits.
        static let highestValue: Int32 = LaneWindow.largestSummable
        /// Hours in the window.
        static let hours: Int32 = 24
        /// Hours that a mean needs.
        static let hoursNeeded: Int32 = StationWindows.hoursNeeded
        /// By how many thousandths a bucket and the means that find it lie apart at most, 3 parts in ten thousand of 2,620 µg/m³.
        static let margin: Int32 = 1 << 10
        /// The reciprocals are 2^17 over the count.
        static let reciprocalBits: Int32 = 17

        /// All words, pollutant by pollutant.
        let words: [Int32]
        /// By `pollutant.index`; ozone has no 24 h mean.
        let sections: InlineArray<5, Section>
        /// What each count lacks to 32, so that adding it sets the count's sixth bit where the mean is valid.
        let missingHours: Int32
        /// The pollutants that are monitored, as a set.
        let required: Int32

        /// The words of an edition; nil where its tables do not fit: mixing ratios, indices beyond the last one, sums beyond 32
        /// bits, steps that are not at whole thousandths.
        init?(_ rules: IndexRules, notMonitored: PollutantSet) {
            guard rules.isByMass else { return nil }
            var words: [Int32] = []
            var missingHours: Int32 = 0
            var required: Int32 = 0
            var sections = InlineArray<5, Section>(
                repeating: Section(sumShift: 0, widthBits: 0, base: 0, lastSum: 0, sumForIndex: 0, place: 0))
            for place in sections.indices {
                let pollutant = Pollutant.allSix[place]
                guard let maker = SectionMaker(rules, table: rules.day[place]) else { return nil }
                var widthBits: Int32 = 11
                var own: [Word]?
                while own == nil, widthBits >= 3 {
                    widthBits -= 1
                    own = maker.words(widthBits: widthBits)
                }
                guard let own else { return nil }
                sections[place] = Section(
                    sumShift: maker.sumShift, widthBits: widthBits, base: Int32(words.count), lastSum: maker.lastSum,
                    sumForIndex: own.map(\.meanForIndex).min() ?? 0, place: Int32(place))
                for (bucket, word) in own.enumerated() {
                    guard let packed = word.packed(bucket: Int32(bucket), widthBits: widthBits) else { return nil }
                    words.append(packed)
                }
                // 25 hours nobody has.
                let isMonitored = !notMonitored.contains(pollutant)
                missingHours |= (32 - (isMonitored ? IndexLookup.hoursNeeded : 25)) << BlockRow.countShift(pollutant)
                if isMonitored { required |= 1 << Int32(place) }
            }
            self.words = words
            self.sections = sections
            self.missingHours = missingHours
            self.required = required
        }
    }

    /// Makes and checks the words of one pollutant.
    private struct SectionMaker {
        let rules: IndexRules
        let table: BreakpointTable
        let lastSum: Int32
        let sumShift: Int32

        init?(_ rules: IndexRules, table: BreakpointTable) {
            guard table.first == 0, table.beyond == .lastIndex else { return nil }
            let lastSum = Int64(table.last) * Int64(IndexLookup.hours)
            let below = Int64(IndexLookup.hours - 1) * Int64(IndexLookup.lowestValue)
            guard lastSum - below <= Int64(IndexLookup.highestValue) else { return nil }
            self.rules = rules
            self.table = table
            self.lastSum = Int32(lastSum)
            var sumShift: Int32 = 0
            while (lastSum >> Int64(sumShift)) * Int64(Lanes.reciprocal(ofHoursAboveTwenty: 0)) > Int64(Int32.max) {
                sumShift += 1
            }
            self.sumShift = sumShift
        }

        private func subIndex(_ sum: Int64, _ count: Int32) -> Int32? {
            rules.evaluate(Mean(sum: sum, count: count), by: table).subIndex
        }

        /// The bucket of a sum, as ``IndexLookup/Section/subIndices(sums:counts:_:)`` finds it.
        private func bucket(_ sum: Int32, hoursAboveTwenty: Int32, widthBits: Int32) -> Int32 {
            ((sum >> sumShift) * Lanes.reciprocal(ofHoursAboveTwenty: hoursAboveTwenty))
                >> (IndexLookup.reciprocalBits + widthBits - sumShift)
        }

        /// One word a bucket; nil where a bucket of this width holds more than one step.
        func words(widthBits: Int32) -> [IndexLookup.Word]? {
            guard IndexLookup.reciprocalBits + widthBits >= sumShift else { return nil }
            var words: [IndexLookup.Word] = []
            // Counts of 25 to 27 are of lanes that are not valid: they read somewhere, and nobody looks at what.
            var bucketCount: Int32 = 0
            for hours in 0..<8 as Range<Int32> {
                bucketCount = max(bucketCount, bucket(lastSum, hoursAboveTwenty: hours, widthBits: widthBits) + 1)
            }
            // By count, the first sum of the bucket.
            var starts = [Int32](repeating: 0, count: 5)
            for bucket in 0..<bucketCount {
                let ends = (0..<5).map {
                    firstSum(ofBucket: bucket + 1, hoursAboveTwenty: Int32($0), widthBits: widthBits)
                }
                guard let word = word(starts, ends), word.packed(bucket: bucket, widthBits: widthBits) != nil else {
                    return nil
                }
                words.append(word)
                starts = ends
            }
            return words
        }

        /// The smallest sum of a bucket, or one above the largest sum there is.
        private func firstSum(ofBucket bucket: Int32, hoursAboveTwenty: Int32, widthBits: Int32) -> Int32 {
            var (low, high) = (Int32(-1), lastSum + 1)
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if self.bucket(middle, hoursAboveTwenty: hoursAboveTwenty, widthBits: widthBits) >= bucket {
                    high = middle
                } else {
                    low = middle
                }
            }
            return high
        }

        /// The word of the sums `starts ..< ends`, one range a count of 20...24, checked at every range's ends and around the step.
        private func word(_ starts: [Int32], _ ends: [Int32]) -> IndexLookup.Word? {
            var lowIndex = Int32.max
            var highIndex: Int32 = 0
            for hours in 0..<5 where starts[hours] < ends[hours] {
                let count = IndexLookup.hoursNeeded + Int32(hours)
                guard let low = subIndex(Int64(starts[hours]), count),
                    let high = subIndex(Int64(ends[hours] - 1), count)
                else {
                    return nil
                }
                lowIndex = min(lowIndex, low)
                highIndex = max(highIndex, high)
            }
            // A bucket that no sum finds.
            guard lowIndex <= highIndex else { return IndexLookup.Word(lowIndex: 0) }
            var word = IndexLookup.Word(lowIndex: lowIndex, step: highIndex - lowIndex)
            guard word.step > 0 else { return word }
            let means = (0..<5).filter { starts[$0] < ends[$0] }.map { hours in
                let count = IndexLookup.hoursNeeded + Int32(hours)
                return (starts[hours] / count, (ends[hours] - 1) / count + 1)
            }
            guard let first = means.map(\.0).min(), let last = means.map(\.1).max(),
                let step = (first...last).first(where: { subIndex(Int64($0), 1) ?? 0 > word.lowIndex })
            else { return nil }
            // At the whole thousandth itself, or just above the one before.
            for (mean, isInclusive) in [(step, true), (step - 1, false)] {
                word.mean = mean
                word.isInclusive = isInclusive
                if isRight(word, starts, ends) { return word }
            }
            return nil
        }

        private func isRight(_ word: IndexLookup.Word, _ starts: [Int32], _ ends: [Int32]) -> Bool {
            for hours in 0..<5 where starts[hours] < ends[hours] {
                let count = IndexLookup.hoursNeeded + Int32(hours)
                let limit = word.mean * count - (word.isInclusive ? 1 : 0)
                for sum in [starts[hours], limit, limit + 1, ends[hours] - 1]
                where sum >= starts[hours] && sum < ends[hours] {
                    guard subIndex(Int64(sum), count) == word.lowIndex + (sum > limit ? word.step : 0) else {
                        return false
                    }
                }
            }
            return true
        }
    }

    extension SIMD16<Int32> {
        /// 2^17 over 20 + `hours`, to 3 parts in ten thousand for 0...4 hours, falling up to 7.
        static func reciprocal(ofHoursAboveTwenty hours: Int32) -> Int32 { 6552 - hours * (321 - 12 * hours) }

        /// The same of sixteen.
        @inline(always)
        static func reciprocals(ofHoursAboveTwenty hours: Self) -> Self {
            Self(repeating: 6552) &- hours &* (Self(repeating: 321) &- Self(repeating: 12) &* hours)
        }
    }

    extension IndexLookup.Section {
        /// Where the six bits of the pollutant's count begin.
        var countShift: Int32 { 6 &* place }
        /// The pollutant in a set.
        var bit: Int32 { 1 &<< place }

        /// Which lanes have a valid mean, by counts to which ``IndexLookup/missingHours`` was added.
        @inline(always)
        func isValid(_ counts: Lanes) -> SIMDMask<Lanes> {
            (counts & Lanes(repeating: 32 &<< countShift)) .!= Lanes(repeating: 0)
        }

        /// The sub-indices of sixteen sums, with such counts; of a lane that is not valid anything.
        @inline(always)
        func subIndices(sums: Lanes, counts: Lanes, _ words: Span<Int32>) -> Lanes {
            let sum = sums.atLeast(Lanes(repeating: 0)).atMost(Lanes(repeating: lastSum))
            // 32...36 where valid: the last three bits tell 20...24 hours.
            let hours = (counts &>> Lanes(repeating: countShift)) & Lanes(repeating: 7)
            let product = (sum &>> Lanes(repeating: sumShift)) &* Lanes.reciprocals(ofHoursAboveTwenty: hours)
            let buckets = product &>> Lanes(repeating: IndexLookup.reciprocalBits &+ widthBits &- sumShift)
            let places = buckets &+ Lanes(repeating: base)
            var word = Lanes(repeating: 0)
            for lane in 0..<16 {
                // Invariant: sum is 0...lastSum and hours 0...7, of which `SectionMaker` made all buckets. Checked one by one the
                // sixteen loads would not become one gather.
                word[lane] = unsafe words[unchecked: Int(places[lane])]
            }
            let beginning = (buckets &<< Lanes(repeating: widthBits)) &- Lanes(repeating: IndexLookup.margin)
            let mean = beginning &+ (word & Lanes(repeating: 0xFFF))
            let inclusive = (word &>> Lanes(repeating: 12)) & Lanes(repeating: 1)
            let limit = mean &* (hours &+ Lanes(repeating: 20)) &- inclusive
            let isAbove = (limit &- sum) &>> Lanes(repeating: 31)
            let step = (word &>> Lanes(repeating: 13)) & Lanes(repeating: 7)
            return (word &>> Lanes(repeating: 16)) &+ (step & isAbove)
        }
    }
#endif
