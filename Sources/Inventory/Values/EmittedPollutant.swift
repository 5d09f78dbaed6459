/// What a plan wants less of.
///
/// Source: Plan 五(四)2.
package enum EmittedPollutant: String, CaseIterable, Sendable {
    case so2
    case nox
    case pm
    case vocs
}

/// A value for each of the four pollutants.
package struct ByPollutant<Value> {
    package var so2: Value
    package var nox: Value
    package var pm: Value
    package var vocs: Value

    package init(_ value: (EmittedPollutant) -> Value) {
        so2 = value(.so2)
        nox = value(.nox)
        pm = value(.pm)
        vocs = value(.vocs)
    }

    package subscript(pollutant: EmittedPollutant) -> Value {
        get {
            switch pollutant {
            case .so2: so2
            case .nox: nox
            case .pm: pm
            case .vocs: vocs
            }
        }
        set {
            switch pollutant {
            case .so2: so2 = newValue
            case .nox: nox = newValue
            case .pm: pm = newValue
            case .vocs: vocs = newValue
            }
        }
    }
}

extension ByPollutant: Sendable where Value: Sendable {}
extension ByPollutant: Equatable where Value: Equatable {}

/// Emissions of a year in grams: tonnes with six decimals, exact.
package typealias Emissions = ByPollutant<Int64>

extension Emissions {
    package static let none = Emissions { _ in 0 }
    /// A million tonnes: no source emits more in a year, and sums of many stay far from the end of 128 bits.
    package static let most: Int64 = 1_000_000_000_000
}
