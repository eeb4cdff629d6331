package io.ordinal.node.pod;

import java.time.Duration;

/// One thing to do for a pod. `key` names it while it is under way.
public sealed interface Action {

  /// Two actions with one key are never under way at once.
  String key();

  /// Make folders, volumes and cgroup.
  record Prepare() implements Action {
    @Override
    public String key() {
      return "prepare";
    }
  }

  /// Make a sandbox.
  record RunSandbox(int attempt) implements Action {
    @Override
    public String key() {
      return "sandbox";
    }
  }

  /// Pull, create and start a container, and run its postStart hook.
  record StartContainer(String name, int attempt, String sandboxId) implements Action {
    @Override
    public String key() {
      return "start:" + name;
    }
  }

  /// Give up what is under way with this key: the pod is to end.
  record CancelStart(String startKey) implements Action {
    @Override
    public String key() {
      return "cancel:" + startKey;
    }
  }

  /// Run the preStop hook and end a container.
  record StopContainer(String id, String name, String message, Duration grace) implements Action {
    @Override
    public String key() {
      return "stop:" + id;
    }
  }

  /// End a sandbox.
  record StopSandbox(String id) implements Action {
    @Override
    public String key() {
      return "stop-sandbox:" + id;
    }
  }

  /// Forget a container that is of no more use.
  record RemoveContainer(String id) implements Action {
    @Override
    public String key() {
      return "remove:" + id;
    }
  }

  /// Forget a sandbox that is of no more use.
  record RemoveSandbox(String id) implements Action {
    @Override
    public String key() {
      return "remove-sandbox:" + id;
    }
  }

  /// Undo what Prepare did, as far as the pod's record can do without it.
  record CleanUp() implements Action {
    @Override
    public String key() {
      return "clean-up";
    }
  }

  /// Tell the API server that the pod may go, now that nothing of it runs.
  record DeletePod() implements Action {
    @Override
    public String key() {
      return "delete";
    }
  }

  /// The pod is gone and nothing of it is left: its worker ends.
  record Retire() implements Action {
    @Override
    public String key() {
      return "retire";
    }
  }

  /// End the pod by the node's decision.
  record Fail(Failure failure) implements Action {
    @Override
    public String key() {
      return "fail";
    }
  }
}
