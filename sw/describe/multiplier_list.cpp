// SPDX-License-Identifier: Apache-2.0
#include "sw/describe/multiplier_list.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "sw/console/console.h"
#include "sw/console/table.h"
#include "sw/multiplier/table_file.h"

namespace airnn {

namespace {

using Json = nlohmann::ordered_json;

/// As short as a table wants it: four digits, without an exponent.
std::string error_text(double percent) {
  if (percent == 0) {
    return "0";
  }
  const int decimals = percent < 0.001 ? 6 : percent < 1 ? 4 : 2;
  return fmt::format("{:.{}f}", percent, decimals);
}

std::string front_text(const MultiplierFigures& one) {
  return one.on_front ? (one.on_relative_front ? "MAE, MRE" : "MAE")
                      : (one.on_relative_front ? "MRE" : "");
}

}  // namespace

std::string multipliers_text(const MultiplierLibrary& library,
                             const std::vector<MultiplierFigures>& figures) {
  using Align = Table::Align;
  Table table({{"multiplier", Align::left},
               {"is", Align::left},
               {"CRC-32C", Align::left},
               {"MAE %"},
               {"tuned"},
               {"WCE %"},
               {"MRE %"},
               {"small"},
               {"at zero"},
               {"energy"},
               {"by", Align::left},
               {"front", Align::left}});
  for (const MultiplierFigures& one : figures) {
    const ErrorFigures& errors = one.errors;
    table.add_row({one_line(one.multiplier.name), one_line(one.multiplier.description),
                   crc_text(one.crc32c), error_text(errors.mae_percent),
                   one.weights_remapped == 0 ? "" : error_text(one.tuned_mae_percent),
                   error_text(errors.wce_percent), error_text(errors.mre_percent),
                   error_text(errors.small_mre_percent),
                   one.zero_preserving ? "" : fmt::format("{}", errors.largest_at_zero),
                   fmt::format("{:.3f}", one.multiplier.relative_energy),
                   one.multiplier.energy_by_rule ? "rule" : "file", front_text(one)});
  }
  const std::string title = library.name().empty() ? library.path() : library.name();
  const std::string source = library.source().empty() ? "" : ": " + library.source();
  return one_line(title + source) + "\n" + table.text();
}

Json multipliers_json(const MultiplierLibrary& library,
                      const std::vector<MultiplierFigures>& figures) {
  Json list = Json::array();
  for (const MultiplierFigures& one : figures) {
    const ErrorFigures& errors = one.errors;
    list.push_back({{"name", one.multiplier.name},
                    {"is", one.multiplier.description},
                    {"source", one.multiplier.source},
                    {"crc32c", crc_text(one.crc32c)},
                    {"mae_percent", errors.mae_percent},
                    {"wce_percent", errors.wce_percent},
                    {"mre_percent", errors.mre_percent},
                    {"small_mre_percent", errors.small_mre_percent},
                    {"wrong_at_zero", errors.wrong_at_zero},
                    {"largest_at_zero", errors.largest_at_zero},
                    {"zero_preserving", one.zero_preserving},
                    {"weights_remapped", one.weights_remapped},
                    {"mae_percent_tuned", one.tuned_mae_percent},
                    {"relative_energy", one.multiplier.relative_energy},
                    {"energy_by_rule", one.multiplier.energy_by_rule},
                    {"on_front", one.on_front},
                    {"on_relative_front", one.on_relative_front}});
  }
  return {{"name", library.name()}, {"source", library.source()}, {"multipliers", std::move(list)}};
}

}  // namespace airnn
