"""Surfaces turned, seen and lit: what a brush must know about light and shade."""

import numpy as np
from scipy import ndimage

from .ink import smoothstep

LIGHT = np.array([-0.44, -0.44, 0.78])
LIGHT = LIGHT / np.linalg.norm(LIGHT)


def rotation(turn, nod, tilt):
    """Turned to the right, nodded forward, tilted clockwise (radians)."""
    c, s = np.cos(turn), np.sin(turn)
    yaw = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    c, s = np.cos(nod), np.sin(nod)
    pitch = np.array([[1, 0, 0], [0, c, s], [0, -s, c]])
    c, s = np.cos(tilt), np.sin(tilt)
    roll = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    return roll @ pitch @ yaw


def denser(mesh, times=2):
    """A mesh with points put in between, so that it leaves no gaps when seen."""
    rows = np.linspace(0, mesh.shape[0] - 1, (mesh.shape[0] - 1) * times + 1)
    columns = np.linspace(0, mesh.shape[1] - 1, (mesh.shape[1] - 1) * times + 1)
    a, b = rows.astype(int).clip(0, mesh.shape[0] - 2), columns.astype(int).clip(0, mesh.shape[1] - 2)
    u, v = (rows - a)[:, None, None], (columns - b)[None, :, None]
    corner = lambda i, j: mesh[a + i][:, b + j]
    return (corner(0, 0) * (1 - u) + corner(1, 0) * u) * (1 - v) + (corner(0, 1) * (1 - u) + corner(1, 1) * u) * v


def normals(mesh):
    n = np.cross(np.gradient(mesh, axis=1), np.gradient(mesh, axis=0))
    return n / np.maximum(np.linalg.norm(n, axis=-1, keepdims=True), 1e-9)


class View:
    """What is seen of meshes on a grid of `rows` by `columns`: depth, and the way each spot faces."""

    def __init__(self, rows, columns):
        self.depth = np.full((rows, columns), -9.0, np.float32)
        self.facing = np.zeros((rows, columns, 3), np.float32)

    def add(self, mesh, pixels):
        """Adds a mesh in space whose points are seen at `pixels` (x, y)."""
        facing = normals(mesh)
        mesh, facing, pixels = denser(mesh), denser(facing), denser(pixels)
        x, y = np.rint(pixels[..., 0]).astype(int).ravel(), np.rint(pixels[..., 1]).astype(int).ravel()
        z, facing = mesh[..., 2].ravel(), facing.reshape(-1, 3)
        rows, columns = self.depth.shape
        inside = (x >= 0) & (x < columns) & (y >= 0) & (y < rows) & (facing[:, 2] > -0.05)
        order = np.argsort(z[inside], kind="stable")
        x, y, z, facing = x[inside][order], y[inside][order], z[inside][order], facing[inside][order]
        depth, seen = np.full_like(self.depth, -9.0), np.zeros_like(self.facing)
        depth[y, x], seen[y, x] = z, facing
        gaps = (depth < -8) & (ndimage.grey_closing(depth > -8, size=(3, 3)) > 0)
        if gaps.any():
            near = ndimage.distance_transform_edt(depth < -8, return_distances=False, return_indices=True)
            depth[gaps], seen[gaps] = depth[near[0][gaps], near[1][gaps]], seen[near[0][gaps], near[1][gaps]]
        mask = depth > -8
        front = mask & (depth > self.depth)
        self.depth[front], self.facing[front] = depth[front], seen[front]
        return mask

    def lit(self):
        """Light that falls on each spot, 0 to 1."""
        n = self.facing / np.maximum(np.linalg.norm(self.facing, axis=-1, keepdims=True), 1e-6)
        return np.clip(n @ LIGHT, 0, 1).astype(np.float32)

    def shadow(self, unit, reach=0.5, softness=0.02):
        """Where something stands in the light: 0 free, 1 in the dark. `unit` is a head unit in pixels."""
        seen = self.depth > -8
        dark = np.zeros_like(self.depth)
        steps = np.linspace(0.02, reach, 34)
        for step in steps:
            dx, dy, dz = LIGHT * step
            moved = ndimage.shift(self.depth, (-dy * unit, -dx * unit), order=0, cval=-9.0)
            over = moved - (self.depth + dz)
            dark = np.maximum(dark, smoothstep(0.0, softness + 0.05 * step, over) * (over < 0.30))
        return dark * seen

    def hollow(self, unit, reach=0.035):
        """How deep each spot lies among its neighbours, in head units."""
        seen = self.depth > -8
        filled = np.where(seen, self.depth, 0).astype(np.float32)
        weight = ndimage.gaussian_filter(seen.astype(np.float32), reach * unit)
        around = ndimage.gaussian_filter(filled, reach * unit) / np.maximum(weight, 1e-3)
        return np.where(seen, around - self.depth, 0)
