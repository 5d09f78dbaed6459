/// Somebody who works with the warnings. Roles and persons are many to many; whoever has no role keeps watch: takes orders in,
/// marks dust, records consultations, and signs nothing.
///
/// Source: Plan 二.
package struct Person: Equatable, Codable, Sendable {
    package let name: String
    package let roles: [Role]

    package init(name: String, roles: [Role]) {
        self.name = name
        self.roles = roles
    }
}
