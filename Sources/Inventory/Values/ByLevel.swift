package import Warnings

/// A value for each level of a warning.
package struct ByLevel<Value> {
    package var yellow: Value
    package var orange: Value
    package var red: Value

    package init(_ value: (WarningLevel) throws -> Value) rethrows {
        yellow = try value(.yellow)
        orange = try value(.orange)
        red = try value(.red)
    }

    package subscript(level: WarningLevel) -> Value {
        get {
            switch level {
            case .yellow: yellow
            case .orange: orange
            case .red: red
            }
        }
        set {
            switch level {
            case .yellow: yellow = newValue
            case .orange: orange = newValue
            case .red: red = newValue
            }
        }
    }
}

extension ByLevel: Sendable where Value: Sendable {}
extension ByLevel: Equatable where Value: Equatable {}
