// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sw/report/report.h"

namespace airnn::test {

/// Markup that must come out as the text it is.
constexpr const char* kHostile =
    "</script><script>window.intruder = 1</script> \"it's\" & <!-- {{style}} `a` *b* |c|";

/// An evaluation.json with every kind of plot, role, axis and column, missing cells, a table wider
/// than a phone, and hostile text wherever there may be text.
nlohmann::json sample_evaluation();

/// The same, read.
ReportPart sample_part();

}  // namespace airnn::test
