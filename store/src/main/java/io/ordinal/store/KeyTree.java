package io.ordinal.store;

import java.util.Arrays;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// A sorted map that never changes: putting and removing give a new one that shares all but a few
/// nodes with the old. Whoever holds a tree reads it for ever without locks, while the writer goes
/// on.
///
/// It is a B-tree: up to 64 keys per leaf, up to 64 children per branch, so 200,000 keys are three
/// steps deep and a walk reads arrays. A node that has lost most of its keys is not merged with its
/// neighbours, only dropped when empty: lookups stay right, and keys of one prefix come and go
/// together anyway.
final class KeyTree<V> {

  private static final int WIDTH = 64;

  private final @Nullable Node root;

  private KeyTree(@Nullable Node root) {
    this.root = root;
  }

  static <V> KeyTree<V> empty() {
    return new KeyTree<>(null);
  }

  @SuppressWarnings("unchecked") // only `with` puts values in
  @Nullable V get(String key) {
    var node = root;
    while (node != null) {
      var at = node.find(key);
      if (node.isLeaf()) {
        return at >= 0 ? (V) node.items[at] : null;
      }
      node = node.child(childFor(at));
    }
    return null;
  }

  KeyTree<V> with(String key, V value) {
    if (root == null) {
      return new KeyTree<>(new Node(new String[] {key}, new Object[] {value}, true));
    }
    var parts = put(root, key, value);
    return new KeyTree<>(parts.length == 1 ? parts[0] : parent(parts));
  }

  KeyTree<V> without(String key) {
    return root == null ? this : new KeyTree<>(remove(root, key));
  }

  /// Visits keys and values from `start` on, in order, for as long as the visitor says true.
  @SuppressWarnings("unchecked") // only `with` puts values in
  void walk(String start, BiPredicate<String, V> visitor) {
    if (root != null) {
      walk(root, start, (BiPredicate<String, Object>) visitor);
    }
  }

  private static boolean walk(Node node, String start, BiPredicate<String, Object> visitor) {
    var at = node.find(start);
    if (!node.isLeaf()) {
      for (var i = childFor(at); i < node.items.length; i++) {
        if (!walk(node.child(i), start, visitor)) {
          return false;
        }
      }
      return true;
    }
    for (var i = at >= 0 ? at : -at - 1; i < node.items.length; i++) {
      if (!visitor.test(node.keys[i], node.items[i])) {
        return false;
      }
    }
    return true;
  }

  /// One node, or two when the new key made it too wide.
  private static Node[] put(Node node, String key, Object value) {
    var at = node.find(key);
    if (node.isLeaf()) {
      return at >= 0
          ? new Node[] {node.replaced(at, value)}
          : node.inserted(-at - 1, key, value).halved();
    }
    var index = childFor(at);
    var parts = put(node.child(index), key, value);
    var same = node.replaced(index, parts[0]).renamed(index, parts[0].keys[0]);
    return parts.length == 1
        ? new Node[] {same}
        : same.inserted(index + 1, parts[1].keys[0], parts[1]).halved();
  }

  private static @Nullable Node remove(Node node, String key) {
    var at = node.find(key);
    if (node.isLeaf()) {
      return at < 0 ? node : node.dropped(at);
    }
    var index = childFor(at);
    var child = node.child(index);
    var rest = remove(child, key);
    if (rest == null) {
      return node.dropped(index);
    }
    return rest == child ? node : node.replaced(index, rest);
  }

  private static Node parent(Node[] children) {
    return new Node(new String[] {children[0].keys[0], children[1].keys[0]}, children, false);
  }

  /// Which child to look into: the last one that starts at or before the key.
  private static int childFor(int found) {
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /// In a leaf, items are values; in a branch they are nodes, and keys say where each of them
  /// starts at the latest.
  private static final class Node {
    final String[] keys;
    final Object[] items;
    final boolean leaf;

    Node(String[] keys, Object[] items, boolean leaf) {
      this.keys = keys;
      this.items = items;
      this.leaf = leaf;
    }

    boolean isLeaf() {
      return leaf;
    }

    int find(String key) {
      return Arrays.binarySearch(keys, key);
    }

    Node child(int index) {
      return (Node) items[index];
    }

    Node replaced(int index, Object item) {
      var changed = items.clone();
      changed[index] = item;
      return new Node(keys, changed, leaf);
    }

    /// A smaller key than all before may have come into the first child.
    Node renamed(int index, String first) {
      if (keys[index].compareTo(first) <= 0) {
        return this;
      }
      var changed = keys.clone();
      changed[index] = first;
      return new Node(changed, items, leaf);
    }

    Node inserted(int index, String key, Object item) {
      var k = Arrays.copyOf(keys, keys.length + 1);
      var i = Arrays.copyOf(items, items.length + 1, Object[].class);
      System.arraycopy(keys, index, k, index + 1, keys.length - index);
      System.arraycopy(items, index, i, index + 1, items.length - index);
      k[index] = key;
      i[index] = item;
      return new Node(k, i, leaf);
    }

    @Nullable Node dropped(int index) {
      if (keys.length == 1) {
        return null;
      }
      var k = Arrays.copyOf(keys, keys.length - 1);
      var i = Arrays.copyOf(items, items.length - 1);
      System.arraycopy(keys, index + 1, k, index, k.length - index);
      System.arraycopy(items, index + 1, i, index, i.length - index);
      return new Node(k, i, leaf);
    }

    Node[] halved() {
      if (keys.length <= WIDTH) {
        return new Node[] {this};
      }
      var half = keys.length / 2;
      return new Node[] {part(0, half), part(half, keys.length)};
    }

    private Node part(int from, int to) {
      return new Node(
          Arrays.copyOfRange(keys, from, to), Arrays.copyOfRange(items, from, to), leaf);
    }
  }
}
