package import AQICore
import Texts

/// A message of the Common Alerting Protocol 1.2, as the warning-information release centre takes it.
///
/// Source: OASIS CAP-v1.2, 2010-07-01, 3.2; identifiers and codes: GB/T 35965.1-2018, GB/T 34283-2017.
package struct CAPMessage: Equatable, Sendable {
    package enum Status: String, Sendable {
        case actual = "Actual"
        case exercise = "Exercise"
    }

    package enum Kind: String, Sendable {
        case alert = "Alert"
        case update = "Update"
        case cancel = "Cancel"
    }

    /// The unit that issues: region (GB/T 2260), body (GB/T 4657), unit within it, extension: 14 digits.
    package struct Sender: Equatable, Sendable {
        package let code: String

        /// Nil for anything but 14 digits.
        package init?(_ code: String) {
            guard code.utf8.count == 14, code.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            self.code = code
        }
    }

    /// `sender,identifier,sent`.
    package struct Reference: Equatable, Sendable {
        package let sender: String
        package let identifier: String
        package let sent: Instant

        var text: String { "\(sender),\(identifier),\(sent.iso8601)" }
    }

    /// One language.
    package struct Info: Equatable, Sendable {
        package var language: String
        package var event: String
        package var responseType: String
        package var urgency: String
        package var severity: String
        package var certainty: String
        package var audience: String
        package var eventCode: (name: String, value: String)
        package var effective: Instant
        package var onset: Instant?
        package var expires: Instant?
        package var senderName: String
        package var headline: String
        package var description: String
        package var instruction: String?
        package var parameters: [(name: String, value: String)]
        package var areas: [(name: String, code: String)]

        package static func == (left: Info, right: Info) -> Bool { left.markup == right.markup }
    }

    package let sender: Sender
    package let sent: Instant
    /// Tells messages of one second apart, 0...9.
    package var sequence = 0
    package let status: Status
    package let kind: Kind
    package let note: String?
    package let references: [Reference]
    package let infos: [Info]

    /// 31 characters: `ZZZZZZDDDUUUXX_YYYYMMDDhhmmss_N`, the time in UTC+8.
    package var identifier: String {
        "\(sender.code)_\(sent.iso8601.prefix(19).filter(\.isNumber))_\(sequence)"
    }

    var expires: Instant? { infos.first?.expires }

    package var reference: Reference { Reference(sender: sender.code, identifier: identifier, sent: sent) }
}

extension CAPMessage {
    /// The message as a file.
    package var xml: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + markup.serialized + "\n" }

    /// The elements in the order that the schema asks for.
    private var markup: Markup {
        var content: [Markup] = [
            .tag("identifier", identifier), .tag("sender", sender.code), .tag("sent", sent.iso8601),
            .tag("status", status.rawValue), .tag("msgType", kind.rawValue), .tag("scope", "Public"),
        ]
        if let note { content.append(.tag("note", note)) }
        if !references.isEmpty { content.append(.tag("references", references.map(\.text).joined(separator: " "))) }
        return .tag("alert", ["xmlns": "urn:oasis:names:tc:emergency:cap:1.2"], content + infos.map(\.markup))
    }
}

extension CAPMessage.Info {
    fileprivate var markup: Markup {
        var content: [Markup] = [
            .tag("language", language), .tag("category", "Env"), .tag("event", event),
            .tag("responseType", responseType), .tag("urgency", urgency), .tag("severity", severity),
            .tag("certainty", certainty), .tag("audience", audience), pair("eventCode", eventCode),
            .tag("effective", effective.iso8601),
        ]
        if let onset { content.append(.tag("onset", onset.iso8601)) }
        if let expires { content.append(.tag("expires", expires.iso8601)) }
        content += [
            .tag("senderName", senderName), .tag("headline", headline), .tag("description", description),
        ]
        if let instruction { content.append(.tag("instruction", instruction)) }
        content += parameters.map { pair("parameter", $0) }
        content += areas.map { area in
            .tag("area", [.tag("areaDesc", area.name), pair("geocode", ("GB/T 2260", area.code))])
        }
        return .tag("info", content)
    }

    private func pair(_ name: String, _ pair: (name: String, value: String)) -> Markup {
        .tag(name, [.tag("valueName", pair.name), .tag("value", pair.value)])
    }
}
