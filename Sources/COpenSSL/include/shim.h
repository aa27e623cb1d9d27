// What Swift cannot see of OpenSSL 3.0 by itself: macros, STACK_OF accessors and unions, each as a function of the same
// meaning. No logic lives here. A function is compiled into a room only when that room calls it, so the relay's
// binary names no CMS encryption or decryption (design, law 4).
#pragma once
#include <openssl/buffer.h>
#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

static inline void shim_openssl_free(void *pointer) { OPENSSL_free(pointer); }

// RFC 2253, with characters outside ASCII as they are.
static inline unsigned long shim_name_format(void) { return XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB; }

static inline long shim_bio_memory(BIO *bio, char **start) { return BIO_get_mem_data(bio, start); }

static inline void shim_bio_write_into(BIO *bio, BUF_MEM *buffer) { BIO_set_mem_buf(bio, buffer, BIO_NOCLOSE); }

static inline int shim_signer_count(const STACK_OF(CMS_SignerInfo) *signers) {
    return signers == NULL ? 0 : sk_CMS_SignerInfo_num(signers);
}

static inline CMS_SignerInfo *shim_signer(const STACK_OF(CMS_SignerInfo) *signers, int index) {
    return sk_CMS_SignerInfo_value(signers, index);
}

static inline int shim_general_name_count(const GENERAL_NAMES *names) { return sk_GENERAL_NAME_num(names); }

// The name's URI, or NULL when it is a name of another type.
static inline const ASN1_IA5STRING *shim_general_name_uri(const GENERAL_NAMES *names, int index) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, index);
    return name->type == GEN_URI ? name->d.uniformResourceIdentifier : NULL;
}
