package import AQICore

/// An edition of the standard, as data; one file each.
package struct Dialect: Equatable, Sendable {
    /// The name in configurations and commands.
    package let name: String
    /// Bits 2 to 7 of Flag.
    package let version: Int
    /// The longest data segment, bytes.
    package let longestData: Int
    /// Whether every packet carries QN, and Flag.
    package let requiresQN: Bool
    package let requiresFlag: Bool
    /// Whether answers carry the QN of what they answer in CP, instead of before it.
    package let answersInCP: Bool
    /// Whether re-sent packets carry `RF=1`.
    package let marksResent: Bool
    /// The key of a new password in 1072.
    package let newPasswordKey: String
    /// What is measured, by its code.
    package let factors: [String: Parameter]

    /// All that are known, the newest last.
    package static let all: [Dialect] = [.hjt212Of2005, .hj212Of2017, .hj212Of2025]

    /// What a code means, in whatever edition: stations mix them.
    package static func parameter(of code: String) -> Parameter? {
        all.reversed().lazy.compactMap { $0.factors[code] }.first
    }

    /// Every code that is known, in order.
    package static let codes = Set(all.flatMap { $0.factors.keys }).sorted()

    /// The code that an edition has for a parameter.
    package func code(of parameter: Parameter) -> String? {
        // PM25 and pm25 may both be there: the first in order is the standard's.
        factors.filter { $0.value == parameter }.keys.min()
    }

    /// What a later edition has and this one does without.
    package var allows: Sins { (requiresQN ? Sins() : .noQN).union(requiresFlag ? [] : .noFlag) }

    /// Flag of a packet.
    package func flag(wantsAnswer: Bool, isPart: Bool = false) -> Int {
        version << 2 | (isPart ? 2 : 0) | (wantsAnswer ? 1 : 0)
    }
}
