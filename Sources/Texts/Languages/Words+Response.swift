package import Response
package import Warnings

/// What follows from a level: `English+Response.swift`, `Chinese+Response.swift`.
package protocol ResponseWords {
    func text(_ text: Bilingual) -> String
    func response(to level: WarningLevel, in area: String?) -> String
    var noLevelNoMeasures: String { get }
    func measureKind(_ kind: Measure.Kind) -> String
    func measureStatus(_ status: MeasureInForce.Status) -> String?
    var inPrinciple: String { get }
    func neverRestricted(_ vehicles: [String]) -> String
    func industry(_ industry: Industry, at level: WarningLevel) -> String
    func rhythm(_ rhythm: PublicChannel.Rhythm) -> String
}
