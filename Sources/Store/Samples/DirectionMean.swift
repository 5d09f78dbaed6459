package import AQICore
import Foundation

/// The mean of a wind's direction: that of the sum of unit vectors, in whole degrees, so that 350 and 10 give 0 and not 180.
///
/// It is shown and never published, so that floating point may do it.
package struct DirectionMean {
    private var east = 0.0
    private var north = 0.0
    private var count = 0

    package init() {}

    /// Takes a direction in, thousandths of a degree; a missing one says nothing.
    package mutating func add(_ direction: Concentration) {
        guard let thousandths = direction.thousandths else { return }
        let angle = Double(thousandths) / 1000 * .pi / 180
        east += sin(angle)
        north += cos(angle)
        count += 1
    }

    /// Thousandths of a degree, 0 ..< 360,000; missing without any, and where the winds cancel each other.
    package var result: Concentration {
        guard hypot(east, north) > 1e-6 * Double(count) else { return .missing(.insufficient) }
        let degrees = Int32((atan2(east, north) * 180 / .pi).rounded())
        return Concentration(thousandths: (degrees + 360) % 360 * 1000)
    }
}
