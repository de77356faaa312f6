// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace airnn {

/// One run (results.json of `airnn simulate --out`) as a document like evaluation.json: its
/// configuration, summary and iterations, and where its cycles and its energy went. Throws
/// UserError unless `results` is that of a run; `origin` stands in the message.
nlohmann::ordered_json run_document(const nlohmann::ordered_json& results,
                                    const std::string& origin);

}  // namespace airnn
