// SPDX-License-Identifier: Apache-2.0
#include "sw/campaign/search/space_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sw/campaign/search/space_settings.h"
#include "sw/evaluate/progress.h"
#include "sw/evaluate/search_outcome.h"
#include "sw/evaluate/search_reader.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

const SearchSpec& search_in(const ExperimentSuite& suite) {
  if (!suite.is_search()) {
    throw UserError("'" + suite.title + "' has no 'search'; expected one, or 'airnn evaluate'");
  }
  return *suite.experiments.front().search;
}

std::string text_of(SearchPart part, const Settings& settings) {
  std::string text = std::to_string(static_cast<std::size_t>(part));
  for (const Setting& setting : settings) {
    text += "\n" + setting.key + "=" + setting.value;
  }
  return text;
}

Settings on_network(Settings settings, const std::string& network) {
  for (Setting& setting : settings) {
    if (setting.key == "network") {
      setting.name = setting.value = network;
    }
  }
  return settings;
}

}  // namespace

SpaceSearch::SpaceSearch(const ExperimentSuite& suite) : search_(search_in(suite)) {
  for (const SearchAxis& axis : search_.space) {
    if (axis.choices.size() > 1) {
      choices_.push_back(axis.choices.size());
    }
  }
  if (choices_.empty()) {
    fail("the space has one point; expected a key with several values");
  }
}

void SpaceSearch::refuse(const char* key, bool is_there) const {
  if (is_there) {
    fail(fmt::format("'{}' has no meaning for algorithm {}", key, search_.algorithm));
  }
}

void SpaceSearch::fail(const std::string& what) const {
  throw ConfigError(search_.position.text() + ": search: " + what);
}

std::vector<ProposedPoint> SpaceSearch::next(const MeasuredSoFar& measured) {
  if (is_done_) {
    return {};
  }
  const std::vector<PointMeasures> known =
      proposed_ == 0 ? std::vector<PointMeasures>() : measured();
  const FitnessOf fitness = [&](const Genome& genome) -> const Fitness* {
    const auto point = points_.find(genome);
    if (point == points_.end()) {
      return nullptr;
    }
    const auto [at, is_new] = fitness_.try_emplace(point->second);
    if (is_new) {
      at->second = fitness_of(search_, known.at(point->second));
    }
    return &at->second;
  };
  while (true) {
    const WantedGenomes wanted = this->wanted(fitness);
    if (wanted.genomes.empty()) {
      is_done_ = true;
      return confirm(known);
    }
    // Other genomes of points that are known ask for nothing.
    if (std::vector<ProposedPoint> points = propose(wanted); !points.empty()) {
      return points;
    }
  }
}

Settings SpaceSearch::settings_of(const Genome& genome) const {
  Settings settings;
  auto gene = genome.begin();
  for (const SearchAxis& axis : search_.space) {
    const SearchChoice& choice = axis.choices.at(axis.choices.size() > 1 ? *gene++ : 0);
    settings.insert(settings.end(), choice.settings.begin(), choice.settings.end());
  }
  return meaningful_settings(std::move(settings));
}

std::vector<ProposedPoint> SpaceSearch::propose(const WantedGenomes& wanted) {
  std::vector<ProposedPoint> points;
  for (const Genome& genome : wanted.genomes) {
    const Settings settings = settings_of(genome);
    const std::string text = text_of(SearchPart::judged, settings);
    if (by_text_.count(text) == 0) {
      propose_base(settings, points);
      by_text_.emplace(text, proposed_++);
      points.push_back({static_cast<std::size_t>(SearchPart::judged), settings, wanted.generation});
    }
    points_.emplace(genome, by_text_.at(text));
  }
  return points;
}

void SpaceSearch::propose_base(const Settings& settings, std::vector<ProposedPoint>& points) {
  Settings base = base_settings(settings);
  if (by_text_.emplace(text_of(SearchPart::base, base), proposed_).second) {
    ++proposed_;
    points.push_back({static_cast<std::size_t>(SearchPart::base), std::move(base), 0});
  }
}

std::vector<ProposedPoint> SpaceSearch::confirm(const std::vector<PointMeasures>& measured) {
  std::vector<ProposedPoint> points;
  if (search_.confirming_network.empty()) {
    return points;
  }
  for (const PointMeasures* point : front_of(search_, measured)) {
    const Settings settings = on_network(point->point->settings, search_.confirming_network);
    propose_base(settings, points);
    ++proposed_;
    points.push_back({static_cast<std::size_t>(SearchPart::confirmed), settings, 0});
  }
  return points;
}

}  // namespace airnn
