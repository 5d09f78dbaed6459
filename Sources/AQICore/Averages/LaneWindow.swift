/// Sixteen channels side by side, one packed ``Concentration`` a lane: one vector register where registers are wide.
public typealias Lanes = SIMD16<Int32>

/// The sums and counts of a window that slides over sixteen channels at once.
///
/// Sums wrap: they are exact while the values in the window are within ``largestSummable``, and again as soon as larger ones
/// have left. `LaneWindow` counts those, so that whoever divides knows when to add up anew.
struct LaneWindow {
    /// The largest even value, either way, of which 24 add up within 32 bits, thousandths: 89,478 µg/m³.
    static let largestSummable: Int32 = .max / 24 & ~1

    /// Sums of the valid values, thousandths, modulo 2^32.
    private(set) var sums = Lanes(repeating: 0)
    /// How many values are valid.
    private(set) var counts = Lanes(repeating: 0)
    /// How many values are beyond ``largestSummable``, either way.
    private(set) var largeCounts = Lanes(repeating: 0)

    /// Takes one hour in and the one that falls out of the window out.
    @inline(always)
    mutating func slide(entering: Lanes, leaving: Lanes) {
        let lowest = Lanes(repeating: Concentration.lowestValue)
        let largest = Lanes(repeating: LaneWindow.largestSummable)
        let zero = Lanes(repeating: 0)
        let one = Lanes(repeating: 1)
        let isEntering = entering .>= lowest
        let isLeaving = leaving .>= lowest
        let (newcomer, leaver) = (
            zero.replacing(with: entering, where: isEntering), zero.replacing(with: leaving, where: isLeaving)
        )
        sums &+= newcomer &- leaver
        counts &+= zero.replacing(with: one, where: isEntering) &- zero.replacing(with: one, where: isLeaving)
        // |value| > largest, both sides at once.
        let width = SIMD16<UInt32>(repeating: UInt32(2 * LaneWindow.largestSummable))
        let isLargeEntering = SIMD16<UInt32>(truncatingIfNeeded: newcomer &+ largest) .> width
        let isLargeLeaving = SIMD16<UInt32>(truncatingIfNeeded: leaver &+ largest) .> width
        largeCounts &+=
            zero.replacing(with: one, where: isLargeEntering) &- zero.replacing(with: one, where: isLargeLeaving)
    }
}

/// Whether a lane is true. The library's `any` is now and then a call through memory (Swift 6.3), this never.
@inline(always)
func anyLane(_ mask: SIMDMask<Lanes>) -> Bool {
    let lanes = Lanes(repeating: 0).replacing(with: Lanes(repeating: 1), where: mask)
    var bits = lanes[0]
    for lane in 1..<16 { bits |= lanes[lane] }
    return bits != 0
}

extension SIMD16<Int32> {
    /// The smaller of each pair. The library's `pointwiseMin` is a call through memory, these two are one instruction.
    @inline(always)
    func atMost(_ other: Self) -> Self { replacing(with: other, where: other .< self) }

    /// The larger of each pair.
    @inline(always)
    func atLeast(_ other: Self) -> Self { replacing(with: other, where: other .> self) }

    /// Every lane absent.
    static var absent: Self { Self(repeating: Concentration.missing(.absent).packed) }
}
