// SPDX-License-Identifier: Apache-2.0
#include "hw/wave/wave_layout.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <vector>

#include "sw/format/errors.h"
#include "sw/format/output_file.h"

namespace airnn {

namespace {

namespace fs = std::filesystem;

// How GTKWave marks a line of its layout.
constexpr unsigned kBitsFlag = 0x28;
constexpr unsigned kHexadecimal = 0x22;
constexpr unsigned kDecimal = 0x24;
constexpr unsigned kSigned = 0x420;
constexpr unsigned kReal = 0x20;
constexpr unsigned kTranslated = 0x2000;
constexpr unsigned kGroup = 0x800200;
constexpr unsigned kGroupEnd = 0x1000200;
constexpr unsigned kClosedGroup = 0xc00200;
constexpr unsigned kClosedGroupEnd = 0x1401200;

unsigned marks_of(const WaveType& type) {
  switch (type.kind) {
    case WaveKind::bit:
      return kBitsFlag;
    case WaveKind::number:
      return kDecimal;
    case WaveKind::signed_number:
      return kSigned;
    case WaveKind::address:
      return kHexadecimal;
    case WaveKind::state:
      return kDecimal | kTranslated;
    case WaveKind::sum:
    case WaveKind::real:
    case WaveKind::text:
      break;
  }
  return kReal;
}

/// The lines of a layout.
class LayoutText {
 public:
  LayoutText(const WaveTree& tree, std::string states_folder)
      : tree_(tree), states_folder_(std::move(states_folder)) {}

  void open_group(const std::string& name, bool is_closed) {
    mark(is_closed ? kClosedGroup : kGroup);
    text_ << "-" << name << "\n";
  }
  void close_group(const std::string& name, bool is_closed) {
    mark(is_closed ? kClosedGroupEnd : kGroupEnd);
    text_ << "-" << name << "\n";
  }
  void add(const WavePath& path) {
    const WaveType& type = tree_.type(path.id);
    mark(marks_of(type));
    if (type.kind == WaveKind::state) {
      text_ << "^" << file_number(type.states->name) << " /" << states_folder_ << "/"
            << type.states->name << ".txt\n";
    }
    text_ << path.full();
    if (type.width > 1 && type.kind != WaveKind::real && type.kind != WaveKind::sum) {
      text_ << "[" << type.width - 1 << ":0]";
    }
    text_ << "\n";
  }
  std::string text() const { return text_.str(); }

 private:
  void mark(unsigned marks) { text_ << "@" << std::hex << marks << std::dec << "\n"; }
  std::size_t file_number(const std::string& name) {
    return files_.emplace(name, files_.size() + 1).first->second;
  }

  const WaveTree& tree_;
  std::string states_folder_;
  std::map<std::string, std::size_t> files_;
  std::ostringstream text_;
};

/// "accelerator.input_buffer" of "accelerator.input_buffer.out_maps_0".
std::string unit_of(const std::string& scope) {
  const std::size_t top = scope.find('.');
  return top == std::string::npos ? scope : scope.substr(0, scope.find('.', top + 1));
}

std::string last_of(const std::string& scope) {
  return scope.substr(scope.rfind('.') + 1);
}

/// A group per unit; what lies in scopes below, as its streams, is in closed groups within it.
void add_unit(const std::string& unit, const std::vector<WavePath>& paths, LayoutText& layout) {
  const std::string name = last_of(unit);
  const std::string below = name + ": ports and parts";
  layout.open_group(name, false);
  std::string inner = unit;
  for (const WavePath& path : paths) {
    if (path.scope != inner) {
      if (inner != unit) {
        layout.close_group(inner.substr(unit.size() + 1), true);
      } else {
        layout.open_group(below, true);
      }
      inner = path.scope;
      layout.open_group(inner.substr(unit.size() + 1), true);
    }
    layout.add(path);
  }
  if (inner != unit) {
    layout.close_group(inner.substr(unit.size() + 1), true);
    layout.close_group(below, true);
  }
  layout.close_group(name, false);
}

void add_groups(const std::vector<WavePath>& paths, LayoutText& layout) {
  for (auto first = paths.begin(); first != paths.end();) {
    const std::string unit = unit_of(first->scope);
    const auto last = std::find_if(
        first, paths.end(), [&](const WavePath& path) { return unit_of(path.scope) != unit; });
    if (unit.find('.') == std::string::npos) {
      std::for_each(first, last, [&](const WavePath& path) { layout.add(path); });
    } else {
      add_unit(unit, {first, last}, layout);
    }
    first = last;
  }
}

void write_file(const fs::path& path, const std::string& text) {
  OutputFile file(path.string());
  file.write(text);
  file.commit();
}

void write_states(const WaveTree& tree, const std::vector<WavePath>& paths,
                  const fs::path& folder) {
  std::map<std::string, const WaveStates*> states;
  for (const WavePath& path : paths) {
    const WaveType& type = tree.type(path.id);
    if (type.kind == WaveKind::state) {
      states.emplace(type.states->name, type.states);
    }
  }
  std::error_code error;
  if (!states.empty() && !fs::is_directory(folder) && !fs::create_directory(folder, error)) {
    throw UserError(folder.string() + ": cannot create the folder: " + error.message());
  }
  for (const auto& [name, described] : states) {
    std::ostringstream text;
    for (std::size_t value = 0; value < described->labels.size(); ++value) {
      text << value << " " << described->labels[value] << "\n";
    }
    write_file(folder / (name + ".txt"), text.str());
  }
}

}  // namespace

void write_wave_layout(const WaveTree& tree, const std::string& waveform) {
  if (is_device(waveform)) {
    return;
  }
  const fs::path path(waveform);
  const fs::path folder = fs::path(path).replace_extension(".states");
  const std::vector<WavePath> all = tree.traced_paths();
  write_states(tree, all, folder);
  std::vector<WavePath> shown;
  std::copy_if(all.begin(), all.end(), std::back_inserter(shown),
               [](const WavePath& signal) { return !signal.is_detail; });
  // GTKWave takes the places of the other files relative to that of the layout, all of which must
  // be written as absolute: so they lie in the root, wherever they are.
  LayoutText layout(tree, folder.filename().string());
  add_groups(shown, layout);
  const fs::path own = fs::path(path).replace_extension(".gtkw");
  write_file(own, "[dumpfile] \"/" + path.filename().string() + "\"\n[savefile] \"/" +
                      own.filename().string() +
                      "\"\n[timestart] 0\n[size] 1600 1000\n[pos] -1 -1\n[signals_width] 300\n"
                      "[sst_expanded] 0\n" +
                      layout.text());
}

}  // namespace airnn
