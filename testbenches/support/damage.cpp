// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/damage.h"

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace airnn::test {

namespace fs = std::filesystem;

namespace {

void alter_bit(const std::string& path, double where) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.empty()) {
    throw std::runtime_error(path + " has no bits");
  }
  char& byte = bytes[static_cast<std::size_t>(where * static_cast<double>(bytes.size() - 1))];
  byte = static_cast<char>(byte ^ 1);
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

const std::vector<Damage>& damages() {
  static const std::vector<Damage> kDamages = {
      {"shortened",
       [](const std::string& path) { fs::resize_file(path, fs::file_size(path) / 2); }},
      {"shortened by a byte",
       [](const std::string& path) { fs::resize_file(path, fs::file_size(path) - 1); }},
      {"emptied", [](const std::string& path) { fs::resize_file(path, 0); }},
      {"first byte altered", [](const std::string& path) { alter_bit(path, 0); }},
      {"middle byte altered", [](const std::string& path) { alter_bit(path, 0.5); }},
      {"last byte altered", [](const std::string& path) { alter_bit(path, 1); }},
      {"lengthened", [](const std::string& path) { std::ofstream(path, std::ios::app) << "\n"; }},
      {"removed", [](const std::string& path) { fs::remove(path); }},
      {"a folder",
       [](const std::string& path) {
         fs::remove(path);
         fs::create_directory(path);
       }},
      {"a pipe",
       [](const std::string& path) {
         fs::remove(path);
         mkfifo(path.c_str(), 0600);
       }},
      {"a link to nowhere", [](const std::string& path) {
         fs::remove(path);
         fs::create_symlink("/nowhere/at/all", path);
       }}};
  return kDamages;
}

}  // namespace airnn::test
