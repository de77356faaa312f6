// SPDX-License-Identifier: Apache-2.0
#include "sw/data/pen.h"

#include <algorithm>
#include <cstddef>

namespace airnn {

namespace {

constexpr int kPiecesPerSpan = 6;

/// What one drawing does to all its points.
class Hand {
 public:
  explicit Hand(RandomSource& random) : random_(random) {
    waver_ = random.uniform(0.012, 0.036);
    // Half-angle form of a rotation: cosine and sine without libm, so that every platform agrees.
    const double t = 0.055 * random.normal();
    cosine_ = (1.0 - t * t) / (1.0 + t * t);
    sine_ = 2.0 * t / (1.0 + t * t);
    slant_ = 0.12 + 0.20 * random.normal();
    width_ = std::clamp(1.06 + 0.22 * random.normal(), 0.6, 1.65);
    for (double& bend : bends_) {
      bend = 0.16 * random.normal();
    }
    pen_ = std::clamp(1.2 + 0.32 * random.normal(), 0.68, 2.0);
  }

  /// Wavers (a hand that is off the line stays off for a while), bends in second order, so that
  /// stems curve and waists move, slants and turns.
  PenPoint place(const PenPoint& point) {
    drift_x_ = 0.5 * drift_x_ + waver_ * random_.normal();
    drift_y_ = 0.5 * drift_y_ + waver_ * random_.normal();
    const double x = point.x - 0.32 + drift_x_;
    const double y = point.y - 0.5 + drift_y_;
    const double bent_x = width_ * (x + bends_[0] * y * y + bends_[1] * x * y) - slant_ * y;
    const double bent_y = y + bends_[2] * x * x + bends_[3] * x * y + bends_[4] * y * y;
    return {cosine_ * bent_x - sine_ * bent_y, sine_ * bent_x + cosine_ * bent_y, point.corner};
  }

  /// The pen goes down or up a little early or late.
  Stroke overshoot(Stroke stroke) {
    const auto move = [&](PenPoint& end, const PenPoint& neighbour) {
      const double share = random_.uniform(-0.2, 0.3);
      end.x += share * (end.x - neighbour.x);
      end.y += share * (end.y - neighbour.y);
    };
    move(stroke.front(), stroke[1]);
    move(stroke.back(), stroke[stroke.size() - 2]);
    return stroke;
  }

  /// Half the line's width at a control point.
  double press() { return pen_ * std::clamp(1.0 + 0.12 * random_.normal(), 0.65, 1.35); }

 private:
  RandomSource& random_;
  double waver_;
  double cosine_;
  double sine_;
  double slant_;
  double width_;
  double bends_[5];
  double drift_x_ = 0.0;
  double drift_y_ = 0.0;
  double pen_;
};

/// Cubic through b (t = 0) and c (t = 1) with the slopes of Catmull and Rom.
double catmull_rom(double a, double b, double c, double d, double t) {
  const double slope_b = 0.5 * (c - a);
  const double slope_c = 0.5 * (d - b);
  const double rise = c - b;
  return b + t * (slope_b + t * ((3.0 * rise - 2.0 * slope_b - slope_c) +
                                 t * (slope_b + slope_c - 2.0 * rise)));
}

InkLine follow(const Stroke& stroke, Hand& hand) {
  Stroke points;
  std::vector<double> radii;
  for (const PenPoint& point : hand.overshoot(stroke)) {
    points.push_back(hand.place(point));
    radii.push_back(hand.press());
  }
  const std::size_t last = points.size() - 1;
  InkLine line{{points[0].x, points[0].y, radii[0]}};
  for (std::size_t i = 0; i < last; ++i) {
    // At ends and corners the curve has no memory of what lies beyond.
    const PenPoint& b = points[i];
    const PenPoint& c = points[i + 1];
    const PenPoint& a = i == 0 || b.corner ? b : points[i - 1];
    const PenPoint& d = i + 1 == last || c.corner ? c : points[i + 2];
    for (int piece = 1; piece <= kPiecesPerSpan; ++piece) {
      const double t = static_cast<double>(piece) / kPiecesPerSpan;
      line.push_back({catmull_rom(a.x, b.x, c.x, d.x, t), catmull_rom(a.y, b.y, c.y, d.y, t),
                      radii[i] + t * (radii[i + 1] - radii[i])});
    }
  }
  return line;
}

}  // namespace

std::vector<InkLine> write_form(const DigitForm& form, RandomSource& random) {
  Hand hand(random);
  std::vector<InkLine> lines;
  for (const Stroke& stroke : form.strokes) {
    lines.push_back(follow(stroke, hand));
  }
  fit_to_box(lines);
  return lines;
}

}  // namespace airnn
