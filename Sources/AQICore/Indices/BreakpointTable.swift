/// The concentrations at which the sub-index takes the values 0, 50, 100, 150, 200, 300, 400, 500.
public struct BreakpointTable: Sendable {
    /// What the sub-index is above the last breakpoint.
    public enum Beyond: UInt8, Sendable {
        /// The sub-index of the last breakpoint: 500, or what the edition names for a table that ends earlier.
        case lastIndex
        /// None of its own; the edition names another indicator that stands in.
        case substitute
    }

    /// Breakpoints in thousandths of the unit, rising; those from ``count`` on are not used.
    public let nodes: InlineArray<8, Int32>
    /// How many breakpoints there are, 5...8.
    public let count: Int
    /// What comes above the last one.
    public let beyond: Beyond

    /// Sub-indices at the breakpoints.
    ///
    /// Source: HJ 633-2012 table 1, HJ 633-2026 table 3, first column.
    public static let indices: InlineArray<8, Int32> = [0, 50, 100, 150, 200, 300, 400, 500]

    /// A table from breakpoints in whole units (µg/m³, CO mg/m³).
    init(_ whole: InlineArray<8, Int32>, count: Int = 8, beyond: Beyond = .lastIndex) {
        var thousandths = whole
        for index in thousandths.indices { thousandths[index] *= 1000 }
        nodes = thousandths
        self.count = count
        self.beyond = beyond
    }

    /// The upper end of the segment in which a mean lies, 1 ..< count, or nil where it lies above the last breakpoint.
    func segment(of mean: Mean) -> Int? {
        let count64 = Int64(mean.count)
        var upper = 1
        while upper < count {
            if mean.sum <= Int64(nodes[upper]) * count64 { return upper }
            upper += 1
        }
        return nil
    }

    /// The two breakpoints between which a mean is interpolated.
    public struct Segment: Equatable, Sendable {
        /// The lower breakpoint, thousandths.
        public let low: Int32
        /// The upper breakpoint, thousandths.
        public let high: Int32
        /// The sub-index at the lower one.
        public let lowIndex: Int32
        /// The sub-index at the upper one.
        public let highIndex: Int32
    }

    /// Where a mean is interpolated; nil for one that is not above 0, and for one above the last breakpoint.
    public func interpolation(of mean: Mean) -> Segment? {
        guard mean.sum > 0, let upper = segment(of: mean) else { return nil }
        return Segment(
            low: nodes[upper - 1], high: nodes[upper], lowIndex: BreakpointTable.indices[upper - 1],
            highIndex: BreakpointTable.indices[upper])
    }

    /// The last breakpoint, thousandths.
    public var last: Int32 { nodes[count - 1] }
    /// The sub-index at the last breakpoint.
    public var lastIndex: Int32 { BreakpointTable.indices[count - 1] }

    /// The sub-index of a mean, linear between the breakpoints around it and rounded **up**; exact.
    ///
    /// - Parameter mean: The mean concentration; its `count` is above 0. A mean below 0 gives 0.
    /// - Returns: 0...500, or nil above the table's end where another indicator stands in.
    ///
    /// Source: HJ 633-2012 4.3 formula (1) and 6.2 (rounded up), HJ 633-2026 4.2.4 and 4.2.6.
    public func subIndex(of mean: Mean) -> Int32? {
        if mean.sum <= 0 { return 0 }
        guard let upper = segment(of: mean) else {
            return beyond == .lastIndex ? lastIndex : nil
        }
        let indexLow = BreakpointTable.indices[upper - 1]
        let rise = Int64(BreakpointTable.indices[upper] - indexLow)
        let low = Int64(nodes[upper - 1])
        let run = (Int64(nodes[upper]) - low) * Int64(mean.count)
        // (mean - low) is 0 or more here, so adding run - 1 rounds up.
        let above = rise * (mean.sum - low * Int64(mean.count))
        return indexLow + Int32(truncatingIfNeeded: (above + run - 1) / run)
    }
}
