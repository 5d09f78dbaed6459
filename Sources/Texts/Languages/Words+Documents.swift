package import AQICore
package import Warnings

/// Documents: `English+Documents.swift`, `Chinese+Documents.swift`.
package protocol DocumentWords {
    /// BCP 47.
    var languageTag: String { get }
    func label(_ label: DocumentLabel) -> String
    func when(_ instant: Instant) -> String
    func date(_ date: CivilDate) -> String
    func period(from: String, to: String) -> String
    func headquartersOffice(of city: String) -> String
    func degree(_ level: AirQualityLevel, index: Int32) -> String
    func hours(_ count: Int) -> String
    func percent(_ count: Int, of all: Int) -> String
    func bulletinTitle(city: String, _ level: WarningLevel) -> String
    func change(_ kind: WarningEvent.Kind, _ level: WarningLevel) -> String
    func changeAndResponse(_ kind: WarningEvent.Kind, _ level: WarningLevel) -> String
    func noticeTitle(city: String, _ changes: [String]) -> String
    func forecastReportTitle(city: String) -> String
    func dayReportTitle(city: String, _ date: String) -> String
    func summaryTitle(city: String, number: Int) -> String
    func assessmentTitle(city: String, _ period: String) -> String
    func curveDescription(observed: String, forecast: String) -> String
    func indexAt(_ index: Int32, _ time: String) -> String
    func badEventInStore(_ time: String) -> String
    var notAnEvent: String { get }
    func notFields(_ path: String) -> String
    func unknownField(_ path: String, _ field: String, known: [String]) -> String
    /// Each blank by the field that fills it and by its name in the text.
    func notFilledIn(_ message: String, _ blanks: [(field: String, name: String)]) -> String
    var nothingHandedOver: String { get }
    var noWarningInStore: String { get }
    func storeIsSimulated(_ path: String) -> String
    func storeOfDemo(_ path: String) -> String
    func storeNotOfDemo(_ path: String) -> String
}
