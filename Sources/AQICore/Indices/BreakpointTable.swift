/// The bands of concentration between whose ends the sub-index is linear.
public struct BreakpointTable: Sendable {
    /// One band: a row of the printed table, or the part between two of its columns.
    public struct Band: Equatable, Sendable {
        /// The lower breakpoint, thousandths.
        public let low: Int32
        /// The upper breakpoint, thousandths.
        public let high: Int32
        /// The sub-index at the lower one.
        public let lowIndex: Int32
        /// The sub-index at the upper one.
        public let highIndex: Int32

        init(_ low: Int32, _ high: Int32, _ lowIndex: Int32, _ highIndex: Int32) {
            self.low = low
            self.high = high
            self.lowIndex = lowIndex
            self.highIndex = highIndex
        }

        /// What stands in the places that a table does not use.
        static var unused: Band { Band(0, 0, 0, 0) }
    }

    /// What the sub-index is above the last breakpoint.
    public enum Beyond: UInt8, Sendable {
        /// The sub-index of the last breakpoint: 500, or what the edition names for a table that ends earlier.
        case lastIndex
        /// None of its own; the edition names another indicator that stands in.
        case substitute
        /// That of another indicator where that one is known, else the sub-index of the last breakpoint.
        case substituteOrLastIndex
        /// The line of the last band goes on.
        case extrapolated

        /// Whether another indicator stands in where it is known.
        public var defers: Bool { self == .substitute || self == .substituteOrLastIndex }
    }

    /// How an interpolated sub-index becomes an integer.
    public enum Rounding: UInt8, Sendable {
        /// Up (进位取整).
        case up
        /// To the nearest integer, halves up.
        case nearest
    }

    // The bands, rising, as rows of their four numbers: an index reads the upper breakpoints, and the rest of one band. Places
    // from `count` on are not used.
    let lows: InlineArray<7, Int32>
    let highs: InlineArray<7, Int32>
    let lowIndices: InlineArray<7, Int32>
    let highIndices: InlineArray<7, Int32>
    /// How many bands there are, 3...7.
    public let count: Int
    /// The step to which the published concentration is rounded or cut, thousandths.
    public let step: Int32
    /// What comes above the last breakpoint.
    public let beyond: Beyond
    /// How the sub-index is rounded.
    public let rounding: Rounding

    // Both initialisers are expressions without loops: so the compiler lays every table into read-only memory.

    /// A table of bands, three at least.
    init(
        _ first: Band, _ second: Band, _ third: Band, _ fourth: Band = .unused, _ fifth: Band = .unused,
        _ sixth: Band = .unused, _ seventh: Band = .unused, step: Int32, beyond: Beyond, rounding: Rounding
    ) {
        lows = [first.low, second.low, third.low, fourth.low, fifth.low, sixth.low, seventh.low]
        highs = [first.high, second.high, third.high, fourth.high, fifth.high, sixth.high, seventh.high]
        lowIndices = [
            first.lowIndex, second.lowIndex, third.lowIndex, fourth.lowIndex, fifth.lowIndex, sixth.lowIndex,
            seventh.lowIndex,
        ]
        highIndices = [
            first.highIndex, second.highIndex, third.highIndex, fourth.highIndex, fifth.highIndex, sixth.highIndex,
            seventh.highIndex,
        ]
        count = seventh.high > 0 ? 7 : sixth.high > 0 ? 6 : fifth.high > 0 ? 5 : fourth.high > 0 ? 4 : 3
        self.step = step
        self.beyond = beyond
        self.rounding = rounding
    }

    /// A table of the family of HJ 633 by the concentrations, in whole units (µg/m³, CO mg/m³), at which the sub-index is 0, 50,
    /// 100, 150, 200, 300, 400, 500: one band after the other without gaps, rounded up.
    ///
    /// Source: HJ 633-2012 table 1, HJ 633-2026 table 3, first column.
    init(
        _ at0: Int32, _ at50: Int32, _ at100: Int32, _ at150: Int32, _ at200: Int32, _ at300: Int32 = 0,
        _ at400: Int32 = 0, _ at500: Int32 = 0, step: Int32 = 1000, beyond: Beyond = .lastIndex
    ) {
        self.init(
            Band(at0 * 1000, at50 * 1000, 0, 50), Band(at50 * 1000, at100 * 1000, 50, 100),
            Band(at100 * 1000, at150 * 1000, 100, 150), Band(at150 * 1000, at200 * 1000, 150, 200),
            Band(at200 * 1000, at300 * 1000, 200, 300), Band(at300 * 1000, at400 * 1000, 300, 400),
            Band(at400 * 1000, at500 * 1000, 400, 500), step: step, beyond: beyond, rounding: .up)
    }

    /// A band, 0 ..< ``count``. Where an edition leaves gaps between two, as between 9.0 and 9.1, its concentrations are cut to a
    /// ``step`` that never falls into one.
    public func band(_ place: Int) -> Band { Band(lows[place], highs[place], lowIndices[place], highIndices[place]) }

    /// The first breakpoint, thousandths; below it a table that does not begin at 0 has no sub-index.
    public var first: Int32 { lows[0] }
    /// The last breakpoint, thousandths.
    public var last: Int32 { highs[count - 1] }
    /// The sub-index at the last breakpoint.
    public var lastIndex: Int32 { highIndices[count - 1] }

    /// Whether a mean lies above the last breakpoint.
    public func ends(before mean: Mean) -> Bool { mean.sum > Int64(last) * Int64(mean.count) }

    /// The first band whose upper breakpoint a mean does not pass; the last one where its line goes on; else ``count``.
    private func place(of mean: Mean) -> Int {
        let count64 = Int64(mean.count)
        var place = 0
        while place < count, mean.sum > Int64(highs[place]) * count64 { place += 1 }
        return place == count && beyond == .extrapolated ? count - 1 : place
    }

    /// The band in which a mean is interpolated, also the last one where its line goes on; nil for a mean that is not above 0,
    /// below the first breakpoint, or beyond the table's end.
    public func interpolation(of mean: Mean) -> Band? {
        let place = place(of: mean)
        guard place < count, mean.sum > 0, mean.sum >= Int64(lows[place]) * Int64(mean.count) else { return nil }
        return band(place)
    }

    /// The sub-index of a mean, linear between the ends of its band and rounded as the edition has it; exact.
    ///
    /// - Parameter mean: The mean concentration, prepared as the edition has it; its `count` is above 0. A mean below 0 counts
    ///   as 0.
    /// - Returns: 0 or more, at most 500 where no line goes on; nil where another indicator stands in, below a table that does
    ///   not begin at 0, and for a mean in a gap.
    ///
    /// Source: HJ 633-2012 4.3 formula (1) and 6.2 (rounded up), HJ 633-2026 4.2.4 and 4.2.6; EPA-454/B-24-002, IV, equation 1
    /// (to the nearest integer).
    public func subIndex(of mean: Mean) -> Int32? {
        let place = place(of: mean)
        guard place < count else { return beyond == .substitute ? nil : lastIndex }
        let low = Int64(lows[place])
        let lowIndex = lowIndices[place]
        let count64 = Int64(mean.count)
        let above = mean.sum - low * count64
        guard above >= 0 else { return low > 0 ? nil : lowIndex }
        let run = (Int64(highs[place]) - low) * count64
        // Adding run - 1 rounds up, and half a run to the nearest (of an odd run its lower half: what is divided is whole).
        let rounded =
            (Int64(highIndices[place] - lowIndex) * above + (rounding == .up ? run - 1 : run / 2)) / run
        return lowIndex + Int32(truncatingIfNeeded: rounded)
    }
}
