"""Bodies that attract each other: a record is the speed that a system begins with."""

from math import sqrt

TITLE = "n-body"
KIND = "hot"
OPTIONS = ()
RECORDS_PER_TASK = 2

STEPS = 1_000


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass


def make(folder, scale):
    path = folder / "speeds.txt"
    count = max(8, int(250 * scale))
    path.write_text("".join(f"{0.5 + number / count}\n" for number in range(count)))
    return [path]


def process(record):
    speed = float(record)
    bodies = [
        Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 10.0),
        Body(3.0, 0.0, 0.1, 0.0, speed, 0.0, 0.1),
        Body(0.0, 5.0, 0.2, -speed, 0.0, 0.1, 0.2),
        Body(-7.0, 0.0, 0.3, 0.0, -speed, 0.2, 0.3),
        Body(0.0, -9.0, 0.4, speed, 0.0, 0.3, 0.1),
    ]
    for _ in range(STEPS):
        advance(bodies, 0.001)
    return {"energy": round(energy(bodies) * 1e6)}


def advance(bodies, step):
    for index, one in enumerate(bodies):
        for other in bodies[index + 1 :]:
            dx, dy, dz = one.x - other.x, one.y - other.y, one.z - other.z
            square = dx * dx + dy * dy + dz * dz + 0.01
            pull = step / (square * sqrt(square))
            one.vx -= dx * other.mass * pull
            one.vy -= dy * other.mass * pull
            one.vz -= dz * other.mass * pull
            other.vx += dx * one.mass * pull
            other.vy += dy * one.mass * pull
            other.vz += dz * one.mass * pull
    for body in bodies:
        body.x += step * body.vx
        body.y += step * body.vy
        body.z += step * body.vz


def energy(bodies):
    total = 0.0
    for body in bodies:
        total += body.mass * (body.vx**2 + body.vy**2 + body.vz**2) / 2
    return total
