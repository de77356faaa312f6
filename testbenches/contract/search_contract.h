// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "sw/campaign/search/search.h"

namespace airnn::test {

/// What a search does wrong with a suite of experiments; empty if nothing. Two searches that see
/// the same measures must propose the same points; each point must be of one of the experiments and
/// of a network of the suite, none may come twice, and there must be an end.
std::string broken_rule(const std::function<std::unique_ptr<Search>(const ExperimentSuite&)>& make,
                        const ExperimentSuite& suite);

}  // namespace airnn::test
