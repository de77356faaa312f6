// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/vcd_file.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace airnn::test {

namespace {

std::string without_zeros(const std::string& bits) {
  const std::size_t first = bits.find_first_not_of('0');
  return first == std::string::npos ? "0" : bits.substr(first);
}

class Reader {
 public:
  explicit Reader(const std::string& path) : file_(path) {
    if (!file_) {
      throw std::runtime_error(path + ": cannot be read");
    }
  }

  VcdFile read() {
    std::string line;
    while (std::getline(file_, line)) {
      ++number_;
      if (file_.eof()) {
        break;  // cut off within the line
      }
      if (is_header_) {
        header(line);
      } else {
        change(line);
      }
    }
    if (is_header_) {
      fail("no $enddefinitions");
    }
    for (const auto& [path, code] : paths_) {
      result_.signals[path] = by_code_.at(code);
    }
    return result_;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error("line " + std::to_string(number_) + ": " + what);
  }

  void header(const std::string& line) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    if (word == "$scope") {
      std::string kind;
      std::string name;
      words >> kind >> name;
      scopes_.push_back(name);
    } else if (word == "$upscope") {
      if (scopes_.empty()) {
        fail("$upscope without scope");
      }
      scopes_.pop_back();
    } else if (word == "$var") {
      declare(words);
    } else if (word == "$timescale") {
      std::getline(words, result_.timescale, '$');
    } else if (word == "$enddefinitions") {
      is_header_ = false;
      if (!scopes_.empty()) {
        fail("scopes are left open");
      }
    } else if (word != "$version") {
      fail("unknown: " + line);
    }
  }

  void declare(std::istringstream& words) {
    VcdSignal signal;
    std::string code;
    std::string name;
    std::string range;
    words >> signal.type >> signal.width >> code >> name >> range;
    if (range != "$end" && range != "[" + std::to_string(signal.width - 1) + ":0]") {
      fail("a range that does not fit the width");
    }
    std::string path;
    for (const std::string& scope : scopes_) {
      path += scope + ".";
    }
    if (!paths_.emplace(path + name, code).second) {
      fail("declared twice: " + path + name);
    }
    const auto [known, is_new] = by_code_.emplace(code, signal);
    if (!is_new && (known->second.type != signal.type || known->second.width != signal.width)) {
      fail("two signals of different types share a code");
    }
  }

  void change(const std::string& line) {
    if (line.empty()) {
      fail("empty line");
    }
    if (line[0] == '#') {
      const std::uint64_t time = std::stoull(line.substr(1));
      if (result_.has_steps && time <= result_.last_time) {
        fail("times do not ascend");
      }
      result_.first_time = result_.has_steps ? result_.first_time : time;
      result_.last_time = time;
      result_.has_steps = true;
    } else if (line == "$dumpvars" || line == "$end") {
      return;
    } else if (line[0] == '0' || line[0] == '1') {
      set(line.substr(1), line.substr(0, 1), 'b');
    } else if (line[0] == 'b' || line[0] == 'r' || line[0] == 's') {
      const std::size_t space = line.find(' ');
      if (space == std::string::npos) {
        fail("a value without code");
      }
      set(line.substr(space + 1), line.substr(1, space - 1), line[0]);
    } else {
      fail("unknown: " + line);
    }
  }

  void set(const std::string& code, const std::string& value, char kind) {
    const auto found = by_code_.find(code);
    if (found == by_code_.end() || !result_.has_steps) {
      fail("a value of nothing, or at no time");
    }
    VcdSignal& signal = found->second;
    const std::string text = kind == 'b' ? without_zeros(value) : value;
    if ((signal.type == "real") != (kind == 'r') || (signal.type == "string") != (kind == 's') ||
        (kind == 'b' &&
         (value.size() > signal.width || value.find_first_not_of("01") != std::string::npos))) {
      fail("a value that does not fit its signal");
    }
    if (!signal.changes.empty() && std::prev(signal.changes.end())->second == text) {
      fail("a value that was there before");
    }
    if (!signal.changes.emplace(result_.last_time, text).second) {
      fail("two values at one time");
    }
  }

  std::ifstream file_;
  std::size_t number_ = 0;
  bool is_header_ = true;
  std::vector<std::string> scopes_;
  std::map<std::string, std::string> paths_;
  std::map<std::string, VcdSignal> by_code_;
  VcdFile result_;
};

}  // namespace

std::string VcdSignal::at(std::uint64_t time) const {
  const auto behind = changes.upper_bound(time);
  return behind == changes.begin() ? "" : std::prev(behind)->second;
}

std::uint64_t VcdSignal::number_of(const std::string& bits) {
  return bits.empty() ? 0 : std::stoull(bits, nullptr, 2);
}

std::int64_t VcdSignal::signed_of(const std::string& bits) const {
  const std::uint64_t value = number_of(bits);
  const bool is_negative = bits.size() == width && bits[0] == '1';
  const std::uint64_t above = width < 64 ? ~std::uint64_t{0} << width : 0;
  return static_cast<std::int64_t>(is_negative ? value | above : value);
}

VcdFile read_vcd(const std::string& path) {
  return Reader(path).read();
}

}  // namespace airnn::test
