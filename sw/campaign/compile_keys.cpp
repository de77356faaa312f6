// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/compile_keys.h"

#include "sw/compiler/compile_option.h"

namespace airnn {

namespace {

constexpr const char* kCompilePrefix = "compile.";

}  // namespace

bool is_compile_key(const std::string& key) {
  return key.rfind(kCompilePrefix, 0) == 0;
}

std::string compile_name(const std::string& key) {
  return key.substr(std::string(kCompilePrefix).size());
}

std::string compile_option(const std::string& key) {
  return "--" + compile_name(key);
}

std::string wrong_matrix_key(const std::string& key) {
  return is_compile_key(key) ? unknown_option(compile_name(key)) : "";
}

}  // namespace airnn
