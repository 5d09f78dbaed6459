/// The levels of a heavy-pollution warning.
///
/// Source: Plan 四(一).
package enum WarningLevel: String, Codable, CaseIterable, Comparable, Sendable {
    case yellow
    case orange
    case red

    private var rank: Int {
        switch self {
        case .yellow: 1
        case .orange: 2
        case .red: 3
        }
    }

    package static func < (left: WarningLevel, right: WarningLevel) -> Bool { left.rank < right.rank }

    /// The response that follows the warning in principle.
    ///
    /// Source: Plan 六.
    package var response: String {
        switch self {
        case .yellow: "III"
        case .orange: "II"
        case .red: "I"
        }
    }

    /// Who signs a warning of this level, and its downgrade and lift.
    ///
    /// Source: Plan 四(四).
    package var signer: Role { self == .red ? .commander : .deputyCommander }
}

/// The people of the headquarters who sign.
///
/// Source: Plan 二, 四(四).
package enum Role: String, Codable, CaseIterable, Sendable {
    /// 市指挥部办公室副主任.
    case deputyDirector
    /// 副总指挥.
    case deputyCommander
    /// 总指挥.
    case commander
}
