// Tables of the size of a cache, for machines that have one. A logger evaluates its few channels with `BreakpointTable`.
#if !hasFeature(Embedded)

    /// The sub-indices of 24 h means, looked up from sum and count instead of divided: exact, and one load a mean.
    ///
    /// The sums are cut into buckets so narrow that the sub-index steps at most once within each. A bucket's word says the
    /// sub-index at its lower end, how far it steps, and after which sum; one comparison decides. There is a section of
    /// buckets for every count from 20 to 24. All words are made from ``IndexRules/evaluate(_:by:)``, so they hold for an
    /// edition that rounds concentrations first and for one that does not, and for whatever edition comes.
    ///
    /// Source: HJ 633, as `BreakpointTable` has it; GB 3095 table 4 (20 of 24 hours).
    struct IndexLookup: Sendable {
        /// Where a pollutant's words lie and how its sums find them.
        struct Section {
            /// The width of a bucket is `1 << shift` thousandths.
            var shift: Int32
            /// A count's buckets take `1 << bits` words; there is room for eight counts, of which 20...24 are filled.
            var bits: Int32
            /// The first word, of 20 hours.
            var base: Int32
            /// From this sum on the sub-index is that of the table's end, whatever the count.
            var lastSum: Int32
            /// What a single value is capped to. One such value among 23 of the lowest ones still reaches ``lastSum``, so that
            /// capping changes no index, and 24 of them add up within 32 bits.
            var cap: Int32
            /// A sub-index of `i` needs a sum of at least `sumForIndex * (i - 1)` an hour: less is not worth a look where
            /// another pollutant has `i` already.
            var sumForIndex: Int32
            /// Where the pollutant's count lies in a vector of counts, and its bit in a set of pollutants.
            var place: Int32
        }

        /// What a value must at least be to count here, thousandths. No analyser measures -1048 µg/m³, and with this bound sums fit
        /// into 32 bits.
        static let lowestValue: Int32 = -(1 << 20)
        /// Hours in the window.
        static let hours: Int32 = 24
        /// Bits of a word: threshold 0...13, step 14...16, sub-index from 17 on.
        static let thresholdBits: Int32 = 14
        static let stepBits: Int32 = 3

        /// All words, pollutant by pollutant.
        let words: [Int32]
        /// By `pollutant.index`; ozone has no 24 h mean.
        let sections: InlineArray<5, Section>
        /// What each count lacks to 32, so that adding it sets the count's sixth bit where the mean is valid.
        let missingHours: Int32
        /// The pollutants that are monitored, as a set.
        let required: Int32

        /// The words of an edition; nil where its tables do not fit: mixing ratios, indices beyond
        /// the last one, sums beyond 32 bits.
        init?(_ rules: IndexRules, notMonitored: PollutantSet) {
            var words: [Int32] = []
            var missingHours: Int32 = 0
            var required: Int32 = 0
            var sections = InlineArray<5, Section>(
                repeating: Section(
                    shift: 0, bits: 0, base: 0, lastSum: 0, cap: 0, sumForIndex: 0, place: 0))
            for place in sections.indices {
                let pollutant = Pollutant.allSix[place]
                var shift = IndexLookup.thresholdBits
                var built: (words: [Int32], section: Section)?
                while built == nil, shift >= 0 {
                    built = IndexLookup.build(rules, pollutant, shift: shift)
                    shift -= 1
                }
                guard var section = built?.section, let own = built?.words else { return nil }
                section.base = Int32(words.count)
                section.place = Int32(place)
                // 25 hours nobody has.
                let hoursNeeded = notMonitored.contains(pollutant) ? 25 : StationWindows.hoursNeeded
                missingHours |= (32 - hoursNeeded) << section.countShift
                if !notMonitored.contains(pollutant) { required |= section.bit }
                sections[place] = section
                words += own
            }
            self.words = words
            self.sections = sections
            self.missingHours = missingHours
            self.required = required
        }

        private static func build(
            _ rules: IndexRules, _ pollutant: Pollutant, shift: Int32
        ) -> (words: [Int32], section: Section)? {
            let table = rules.day[pollutant.index]
            func subIndex(_ sum: Int64, _ count: Int32) -> Int32? {
                rules.evaluate(Mean(sum: sum, count: count), by: table).subIndex
            }
            guard rules.isByMass, table.first == 0, table.beyond == .lastIndex else { return nil }
            let lastSum = Int64(table.last) * Int64(hours)
            let cap = lastSum - Int64(hours - 1) * Int64(lowestValue)
            guard cap * Int64(hours) <= Int64(Int32.max) else { return nil }
            let buckets = lastSum >> Int64(shift) + 1
            let bits = Int32(Int64.bitWidth - (buckets - 1).leadingZeroBitCount)
            var words = [Int32](repeating: 0, count: 8 << Int(bits))
            var sumForIndex = Int64(Int32.max)
            for count in StationWindows.hoursNeeded...hours {
                for bucket in 0..<buckets {
                    let start = bucket << Int64(shift)
                    let end = start + (1 << Int64(shift)) - 1
                    guard let low = subIndex(start, count), let high = subIndex(end, count) else { return nil }
                    var threshold: Int64 = 0
                    if low != high {
                        // The largest sum that still has the lower index.
                        var (below, above) = (start, end)
                        while above - below > 1 {
                            let middle = (below + above) / 2
                            if subIndex(middle, count) == low { below = middle } else { above = middle }
                        }
                        guard subIndex(above, count) == high, high - low < 1 << stepBits else { return nil }
                        threshold = below - start
                        if high > 1 { sumForIndex = min(sumForIndex, above / Int64(high - 1) / Int64(count)) }
                    }
                    let place = Int(count - StationWindows.hoursNeeded) << Int(bits) + Int(bucket)
                    words[place] =
                        low << (thresholdBits + stepBits) | (high - low) << thresholdBits | Int32(threshold)
                }
            }
            return (
                words,
                Section(
                    shift: shift, bits: bits, base: 0, lastSum: Int32(lastSum), cap: Int32(cap),
                    sumForIndex: Int32(sumForIndex), place: 0)
            )
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
            let places =
                (sum &>> Lanes(repeating: shift)) &+ ((hours &<< Lanes(repeating: bits)) &+ Lanes(repeating: base))
            var word = Lanes(repeating: 0)
            for lane in 0..<16 {
                // Invariant: hours are 0...7 and sum is 0...lastSum, so every place lies in the 8 << bits words that begin at base.
                // Checked one by one the sixteen loads would not become one gather.
                word[lane] = unsafe words[unchecked: Int(places[lane])]
            }
            let within = sum & Lanes(repeating: (1 &<< shift) &- 1)
            let threshold = word & Lanes(repeating: (1 << IndexLookup.thresholdBits) - 1)
            let steps = (threshold &- within) &>> Lanes(repeating: 31)
            let step =
                (word &>> Lanes(repeating: IndexLookup.thresholdBits))
                & Lanes(repeating: (1 << IndexLookup.stepBits) - 1)
            return (word &>> Lanes(repeating: IndexLookup.thresholdBits + IndexLookup.stepBits)) &+ (step & steps)
        }
    }
#endif
