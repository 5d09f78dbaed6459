package import AQICore
package import Warnings

/// Documents.
extension English {
    package var languageTag: String { "en" }
    package func when(_ instant: Instant) -> String { instant.dateAndClock }
    package func date(_ date: CivilDate) -> String { date.iso8601 }
    package func period(from: String, to: String) -> String { "\(from) to \(to)" }
    package func headquartersOffice(of city: String) -> String { "\(city) headquarters office" }
    package func degree(_ level: AirQualityLevel, index: Int32) -> String { "\(self.level(level)), AQI up to \(index)" }
    package func hours(_ count: Int) -> String { "\(count) h" }
    package func percent(_ count: Int, of all: Int) -> String { "\(count) of \(all)" }
    package func bulletinTitle(city: String, _ level: WarningLevel) -> String {
        "\(city): heavy-pollution warning, \(colour(level))"
    }
    package func change(_ kind: WarningEvent.Kind, _ level: WarningLevel) -> String {
        switch kind {
        case .issued: "\(colour(level)) warning issued"
        case .upgraded: "raised to \(colour(level))"
        case .downgraded: "lowered to \(colour(level))"
        case .lifted: "\(colour(level)) warning lifted"
        case .proposed: "\(colour(level)) proposed"
        }
    }
    package func changeAndResponse(_ kind: WarningEvent.Kind, _ level: WarningLevel) -> String {
        change(kind, level) + (kind == .lifted ? "" : ", response \(level.response)")
    }
    package func noticeTitle(city: String, _ changes: [String]) -> String {
        "\(city): heavy-pollution notice, \(changes.joined(separator: ", "))"
    }
    package func forecastReportTitle(city: String) -> String { "\(city): heavy-pollution forecast report" }
    package func dayReportTitle(city: String, _ date: String) -> String {
        "\(city): report on the response of \(date)"
    }
    package func summaryTitle(city: String, number: Int) -> String { "\(city): summary of warning \(number)" }
    package func assessmentTitle(city: String, _ period: String) -> String {
        "\(city): assessment of the contingency plan, \(period)"
    }
    package func curveDescription(observed: String, forecast: String) -> String {
        "24 h index by the hour. Highest observed: \(observed). Highest forecast: \(forecast)."
    }
    package func indexAt(_ index: Int32, _ time: String) -> String { "\(index) at \(time)" }

    private func colour(_ level: WarningLevel) -> String { level.rawValue }

    package func badEventInStore(_ time: String) -> String {
        "the warning event of \(time) in the store cannot be read; which version wrote it?"
    }
    package var notAnEvent: String { "not a warning event as warnings replay prints it" }
    package func notFields(_ path: String) -> String {
        "\(path): not a JSON object of fields, as {\"weather\": \"...\"}; docs/documents.md has them"
    }
    package func unknownField(_ path: String, _ field: String, known: [String]) -> String {
        "\(path): unknown field \"\(field)\"; the fields are \(known.joined(separator: ", "))"
    }
    package func notFilledIn(_ message: String, _ blanks: [(field: String, name: String)]) -> String {
        "\(message): not filled in: " + blanks.map { "\($0.field) (\($0.name))" }.joined(separator: ", ")
    }
    package var nothingHandedOver: String {
        "nothing was handed over; give what is missing as --field NAME=TEXT or in --fields FILE, or --blanks where blanks are meant"
    }
    package func storeOfDemo(_ path: String) -> String {
        "\(path) is the store of a demo: give real measurements another file"
    }
    package func storeNotOfDemo(_ path: String) -> String {
        "\(path) has real hours: give the demo another file"
    }
    package func storeIsSimulated(_ path: String) -> String {
        "\(path): what it holds was simulated (demo); written as an exercise"
    }
    package var noWarningInStore: String { "there is no such warning; warnings list shows how they stand" }

    package func label(_ label: DocumentLabel) -> String {
        switch label {
        case .blank: "(to be filled in)"
        case .drawnUp: "Drawn up"
        case .exercise: "EXERCISE: this is not a real warning"
        case .notKnown: "not known"
        case .remarks: "Remarks"
        case .signedAt: "Date and hour"
        case .signer: "Signed"
        case .addressees: "Addressees"
        case .area: "Area"
        case .areaLevels: "Areas with a level of their own"
        case .body: "Area or department"
        case .areasAndDepartments: "All areas and city departments"
        case .basis: "Basis"
        case .degree: "Degree of pollution"
        case .emergency: "Emergency issue: no traffic ban on the day of issue"
        case .issuer: "Issuer"
        case .measures: "Measures"
        case .number: "Warning number"
        case .observedIndex: "Observed 24 h index"
        case .pollutionComes: "Heavy pollution"
        case .primaryPollutant: "Primary pollutant"
        case .reason: "Reason"
        case .repetition: "Who repeats the warning"
        case .responseFrom: "Response from"
        case .responseUntil: "Response until (unless changed or lifted)"
        case .signedBy: "Signed by"
        case .timeOfIssue: "Time of issue"
        case .heavyPollution: "Heavy air pollution"
        case .liftReason: "The air has improved and is forecast to stay so for at least 36 hours"
        case .nextWarning: "At the same time the warning for the next spell is issued"
        case .weather: "Weather"
        case .warningLevel: "Warning level"
        case .channel: "Channel"
        case .rhythm: "How often"
        case .remarkOfChannel: "Remark"
        case .weatherStation: "City weather station"
        case .monitoringStation: "City environmental monitoring station"
        case .expertsAdvice: "Experts' advice"
        case .headquartersOffice: "Headquarters office"
        case .forecastInUse: "Forecast in use"
        case .nextDays: "Forecast of the next 3 days and trend of 5"
        case .noForecast: "no forecast is known"
        case .day: "Day"
        case .dayByDay: "Day by day"
        case .observed: "Observed"
        case .forecast: "Forecast"
        case .deviation: "Forecast less observed"
        case .heavyHours: "Hours above the base"
        case .unknownHours: "Hours not known"
        case .warningInForce: "Warning in force"
        case .noWarningInForce: "none"
        case .bodies: "Areas and departments"
        case .carriedOut: "Carried out"
        case .plantsChecked: "Plants checked"
        case .findings: "Findings"
        case .reportedBy: "Reported by"
        case .notReported: "NOT REPORTED"
        case .changes: "What was decided"
        case .change: "Change"
        case .duration: "Duration"
        case .peak: "Highest 24 h index"
        case .daysAbove200: "Days above 200"
        case .daysAbove300: "Days above 300"
        case .curve: "Observed and forecast 24 h index"
        case .plantsCompliance: "Plants' compliance"
        case .lessons: "Problems and proposals"
        case .period: "Period"
        case .warningsOfYear: "Warnings"
        case .level: "Highest level"
        case .issued: "Issued"
        case .lifted: "Lifted"
        case .warningsByLevel: "Warnings by highest level"
        case .count: "Count"
        case .daysByAirQuality: "Days by air quality"
        case .airQuality: "Air quality"
        case .unknownDays: "Not known"
        case .forecastSkill: "Forecasts of the daily index"
        case .dataCoverage: "Days of which the index is known"
        case .ozoneLeftOut: "Index of the 24 h means, ozone left out (Plan 四): not the published daily AQI"
        case .implementation: "Implementation"
        case .effect: "Effect of the reductions"
        case .problems: "Problems"
        case .amendments: "Amendments, filed by the end of September"
        case .assessmentDue: "To be sent by the end of May"
        }
    }
}
