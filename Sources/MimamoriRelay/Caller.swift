// Who calls: from a certificate to a person with roles, judged anew on every request, because a TLS session can resume
// without any check (stack-facts) and because enrolment, revocation and expiry take effect at once (SD-AUT-5, SD-TLS-5).
// Every "no" says whose certificate, which check, what to do, and has a leaf. The certificate's own checks are
// MimamoriCrypto's.

package import MimamoriCore
import MimamoriCrypto

/// A person on a connection whose certificate has passed every check for this request.
package struct Caller: Sendable {
    package let person: Person
    package let certificate: CertificateFingerprint
    package let certificateNotAfter: Timestamp
    /// The peer's network address without port.
    package let source: String?
    package let request: RequestID

    package init(
        person: Person, certificate: CertificateFingerprint, certificateNotAfter: Timestamp, source: String?,
        request: RequestID
    ) {
        self.person = person
        self.certificate = certificate
        self.certificateNotAfter = certificateNotAfter
        self.source = source
        self.request = request
    }

    var address: PersonAddress { person.address }
    var party: Address { person.address.party }
    var actor: AccessActor {
        AccessActor(
            address: person.address.text, certificate: certificate, roles: person.roles.sorted(), source: source)
    }

    /// Throws unless the person holds the role (default deny, SD-ACC-4).
    func require(_ role: Role) throws {
        guard person.roles.contains(role) else { throw Refusal.roleMissing(role) }
    }
}

extension Relay {
    /// The person behind a certificate. Throws a Refusal, with its leaf written, when a check does not pass or the person
    /// is paused. Many refusals of one source are summed into one leaf (RefusedCallers.swift).
    package func identify(
        certificateDER: [UInt8]?, source: String?, request: RequestID
    ) async throws -> Caller {
        let verdict = judge(certificateDER: certificateDER, source: source, request: request)
        switch verdict {
        case .success(let caller):
            useWatch.succeeded(caller.address, at: world.now())
            return caller
        case .failure(let refused):
            let refusal = refused.refusal
            journal.refused(refusal, action: .callerRefused, request: request)
            guard refusedCallers.takesLeaf(source: source, at: world.now()) else { throw refusal }
            let actor = AccessActor(
                address: refused.claimed?.text, certificate: refused.fingerprint, roles: [], source: source)
            try await record(
                prepareLeaf(
                    .callerRefused, on: settings.address.text, by: actor, request: request, outcome: .refused,
                    reason: "\(refusal.code.rawValue) (\(refusal.rule))"))
            throw refusal
        }
    }

    private struct RefusedCaller: Error {
        let refusal: Refusal
        var fingerprint: CertificateFingerprint?
        /// Whom the certificate claims to be; worth logging only when the CA says so, and it is in the reason if not.
        var claimed: PersonAddress?
    }

    private func judge(
        certificateDER: [UInt8]?, source: String?, request: RequestID
    ) -> Result<Caller, RefusedCaller> {
        guard let der = certificateDER else { return .failure(RefusedCaller(refusal: .certificateMissing)) }
        let certificate: Certificate
        do {
            certificate = try directoryCache.certificate(der: der)
        } catch {
            return .failure(RefusedCaller(refusal: .certificateUnreadable))
        }
        let fingerprint = certificate.fingerprint
        if let refusal = directoryCache.refusal(of: certificate, for: .client, at: world.now()) {
            return .failure(
                RefusedCaller(refusal: refusal, fingerprint: fingerprint, claimed: certificate.person))
        }
        let directory = directoryCache.directory
        guard let enrolled = directory.certificates[fingerprint], enrolled.purpose == .person,
            let address = enrolled.person, let person = directory.persons[address], certificate.person == address
        else {
            return .failure(
                RefusedCaller(
                    refusal: .certificateNotEnrolled(certificate.person), fingerprint: fingerprint,
                    claimed: certificate.person))
        }
        if let refusal = pauseRefusal(of: address, at: world.now()) {
            return .failure(RefusedCaller(refusal: refusal, fingerprint: fingerprint, claimed: address))
        }
        return .success(
            Caller(
                person: person, certificate: fingerprint, certificateNotAfter: enrolled.notAfter, source: source,
                request: request))
    }
}

extension Refusal {
    fileprivate static let certificateMissing = Refusal(
        .certificateMissing, rule: "SD-AUT-1",
        message: Bilingual(
            ja: "接続にあなたの証明書が付いていません。", en: "The connection carries no certificate of yours."),
        remedy: Bilingual(
            ja: "本人の証明書と鍵を使って接続してください（mimamori init で設定します）。",
            en: "Connect with your own certificate and key (mimamori init sets them up)."))

    fileprivate static let certificateUnreadable = Refusal(
        .certificateUntrusted, rule: "RFC 5280",
        message: Bilingual(
            ja: "接続に使われた証明書を読み取れません。", en: "The certificate of the connection cannot be read."),
        remedy: Bilingual(
            ja: "認証局から発行された証明書を使ってください。", en: "Use a certificate issued by the certification authority."))

    fileprivate static func certificateNotEnrolled(_ person: PersonAddress?) -> Refusal {
        let whose = person?.text ?? "?"
        return Refusal(
            .certificateNotEnrolled, rule: "SD-TLS-5",
            message: Bilingual(
                ja: "\(whose) の証明書は認証局の発行したものですが、この中継に登録されていません。",
                en: "The certificate of \(whose) is issued by the authority but not enrolled at this relay."),
            remedy: Bilingual(
                ja: "管理者に、この証明書の登録（mimamori admin certificate enrol）を依頼してください。",
                en: "Ask an administrator to enrol it (mimamori admin certificate enrol)."))
    }
}
