/// What people write into a document: nothing of it can be measured. JSON; every field may be left out.
package struct DocumentFields: Equatable, Codable, Sendable {
    /// What somebody says, signs and dates.
    package struct Opinion: Equatable, Codable, Sendable {
        package var text: String?
        package var signer: String?
        package var time: String?

        package init(text: String?, signer: String?, time: String?) {
            self.text = text
            self.signer = signer
            self.time = time
        }
    }

    /// What an area or a department reports.
    package struct Report: Equatable, Codable, Sendable {
        package var body: String
        package var carriedOut: String?
        package var plantsChecked: String?
        package var findings: String?
        package var reportedBy: String?

        package init(
            body: String, carriedOut: String? = nil, plantsChecked: String? = nil, findings: String? = nil,
            reportedBy: String? = nil
        ) {
            self.body = body
            self.carriedOut = carriedOut
            self.plantsChecked = plantsChecked
            self.findings = findings
            self.reportedBy = reportedBy
        }
    }

    package var issuer: String?
    package var area: String?
    package var pollutionPeriod: String?
    package var degree: String?
    package var weather: String?
    package var primaryPollutant: String?
    package var responseFrom: String?
    package var responseUntil: String?
    package var reason: String?
    package var signedBy: String?
    package var remarks: String?
    package var weatherStation: Opinion?
    package var monitoringStation: Opinion?
    package var experts: Opinion?
    package var office: Opinion?
    package var reports: [Report]?
    package var plantsCompliance: String?
    package var implementation: String?
    package var effect: String?
    package var problems: String?
    package var amendments: String?

    package init() {}

    /// The names of all fields: a mistyped one must not be passed over in silence.
    package enum CodingKeys: String, CodingKey, CaseIterable, Sendable {
        case issuer, area, pollutionPeriod, degree, weather, primaryPollutant, responseFrom, responseUntil, reason
        case signedBy, remarks
        case weatherStation, monitoringStation, experts, office
        case reports, plantsCompliance, implementation, effect, problems, amendments
    }
}
