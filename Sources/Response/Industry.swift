package import Warnings

/// An industry whose measures the city sets; guidance that areas may adapt. Data: `Langfang2019/industries.toml`.
///
/// Source: Plan 附件4.
package struct Industry: Equatable, Sendable {
    /// Its number in the annex, from 1.
    package let number: Int
    package let name: Bilingual
    /// Whether heavy trucks of China IV and older (gas included) carry no raw materials or products, at any level.
    package let isTruckRuled: Bool
    package let clause: String
    private let cells: [WarningLevel: Bilingual]

    package init(
        number: Int, name: Bilingual, isTruckRuled: Bool, cells: [WarningLevel: Bilingual], clause: String
    ) {
        self.number = number
        self.name = name
        self.isTruckRuled = isTruckRuled
        self.cells = cells
        self.clause = clause
    }

    /// What it does at a level.
    package func measure(at level: WarningLevel) -> Bilingual? { cells[level] }
}
