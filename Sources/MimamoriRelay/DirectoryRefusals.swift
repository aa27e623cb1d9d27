// The refusals that a change of the directory can meet; the verbs are in DirectoryChanges.swift.

import MimamoriCore
import MimamoriCrypto

extension Refusal {
    static func unknownPerson(_ person: PersonAddress) -> Refusal {
        .directoryInvalid(
            Bilingual(ja: "\(person) という人は名簿にありません。", en: "There is no person \(person) in the directory."))
    }

    static func seatRunsBackward(_ last: CivilDate) -> Refusal {
        .directoryInvalid(
            Bilingual(
                ja: "この構成員の今の状態は \(last.japanese) からのものです。それより前の日付にはできません。",
                en: "The present state of this seat holds from \(last); the date cannot be earlier."))
    }

    static let ownAdministratorRole = Refusal(
        .rolesConflict, rule: "SD-ACC-1",
        message: Bilingual(
            ja: "自分の管理者の役割や、今使っている証明書は取り下げられません。",
            en: "You cannot take away your own administrator role or the certificate you are using."),
        remedy: Bilingual(ja: "別の管理者に依頼してください。", en: "Ask another administrator."))

    static let handlingInRelayOffice = Refusal(
        .rolesConflict, rule: "SD-ACC-5",
        message: Bilingual(
            ja: "中継を運用する所属の人に、送信・承認・受信の役割は割り当てられません。",
            en: "Persons of the relay's own office cannot send, approve or receive."),
        remedy: Bilingual(
            ja: "送受信する人は、警察署・協議会・構成員の所属で登録してください。",
            en: "Register those who send and receive under their station, council or member body."))

    static func certificateWithdrawn(_ certificate: EnrolledCertificate) -> Refusal {
        let whose = certificate.person?.text ?? certificate.party.text
        return Refusal(
            .certificateRevoked, rule: "SD-AUT-4",
            message: Bilingual(
                ja: "\(whose) のこの証明書は一度取り下げられており、再び登録することはできません。",
                en: "This certificate of \(whose) was withdrawn once and cannot be enrolled again."),
            remedy: Bilingual(
                ja: "認証局から新しい証明書を受け取り、それを登録してください。",
                en: "Have the authority issue a new certificate and enrol that one."), retry: .never)
    }

    static func certificateOfOther(_ certificate: Certificate, _ owner: String) -> Refusal {
        let named = certificate.identityURIs.joined(separator: ", ")
        return Refusal(
            .certificateOfOther, rule: "SD-APR-8",
            message: Bilingual(
                ja: "証明書は \(named) のもので、\(owner) のものではありません。",
                en: "The certificate is of \(named), not of \(owner)."),
            remedy: Bilingual(
                ja: "\(owner) 宛てに発行された証明書を使ってください。取り違えなら、認証局に確かめてください。",
                en: "Use the certificate issued to \(owner); if they were mixed up, ask the authority."))
    }
}
