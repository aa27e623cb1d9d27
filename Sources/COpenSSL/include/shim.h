#pragma once
#include <openssl/cms.h>
#include <openssl/x509v3.h>
#include <openssl/pem.h>
#include <openssl/err.h>
