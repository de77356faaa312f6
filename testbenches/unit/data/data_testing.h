// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sw/format/errors.h"
#include "sw/format/network.h"

namespace airnn {

using Bytes = std::vector<std::uint8_t>;

/// A folder of its own for every test, removed at its end.
class DataTest : public testing::Test {
 protected:
  DataTest() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              (std::string("airnn_data_") + info->test_suite_name() + "_" + info->name() + "_" +
               std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
  }
  ~DataTest() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Writes a file and returns its path.
  std::string file(const std::string& name, const Bytes& bytes) const {
    std::ofstream stream(path(name), std::ios::binary);
    stream.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
    return path(name);
  }
  std::string text_file(const std::string& name, const std::string& text) const {
    return file(name, Bytes(text.begin(), text.end()));
  }
  std::string gzip_file(const std::string& name, const Bytes& bytes) const {
    gzFile stream = gzopen(path(name).c_str(), "wb");
    gzwrite(stream, bytes.data(), static_cast<unsigned>(bytes.size()));
    gzclose(stream);
    return path(name);
  }
  Bytes content(const std::string& name) const {
    std::ifstream stream(path(name), std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(stream), {});
  }

 private:
  std::filesystem::path folder_;
};

/// The message of the `Error` the call ends with, without the folder; "<accepted>" if it does not.
template <typename Error = DataError, typename Call>
std::string refusal(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    const std::string text = error.what();
    const std::size_t end = text.find(": ");
    const std::size_t slash = text.rfind('/', end);
    return slash == std::string::npos ? text : text.substr(slash + 1);
  }
  return "<accepted>";
}

/// A network of one layer, as far as data sets look at it.
inline Network make_network(const MapShape& input, std::int32_t classes) {
  Network network;
  network.name = "net";
  network.input = input;
  network.input_format = {32, 24};
  network.preprocess.mean.assign(static_cast<std::size_t>(input.channels), 0.0);
  network.preprocess.deviation.assign(static_cast<std::size_t>(input.channels), 1.0);
  Layer layer;
  layer.output = {classes, 1, 1};
  network.layers.push_back(layer);
  return network;
}

inline Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace airnn
