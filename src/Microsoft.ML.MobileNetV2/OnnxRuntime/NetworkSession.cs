using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.OnnxRuntime;

/// <summary>Runs a network on ONNX Runtime, one image a call, from any number of threads.</summary>
/// <remarks>
/// Each call computes on its own thread only: with many images at hand that uses a processor better than several threads on one image.
/// </remarks>
internal sealed class NetworkSession : IDisposable
{
    private readonly Lock _lock = new();
    private readonly InferenceSession _session;
    private readonly Stack<NetworkRun> _idleRuns = [];
    private readonly long[] _inputShape;
    private readonly long[] _outputShape;
    private int _rentedCount;
    private bool _isDisposed;

    internal NetworkSession(NetworkSpecification network, Action<SessionOptions>? configure = null)
    {
        IReadOnlyList<int> outputShape = network.OutputShape;
        _inputShape = [1, 3, network.InputSize, network.InputSize];
        _outputShape = [1, .. outputShape.Select(dimension => (long)dimension)];
        OutputCount = outputShape.Aggregate(1, (product, dimension) => product * dimension);
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        configure?.Invoke(options);
        _session = new InferenceSession(NetworkModel.Create(network), options);
    }

    /// <summary>Gets the count of numbers that the network gives for an image.</summary>
    internal int OutputCount { get; }

    /// <summary>Takes a run with its buffers; give it back with <see cref="Return"/>.</summary>
    internal NetworkRun Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _rentedCount++;
            if (_idleRuns.TryPop(out NetworkRun? run))
            {
                return run;
            }
        }

        return new(_session, _inputShape, _outputShape);
    }

    internal void Return(NetworkRun run)
    {
        lock (_lock)
        {
            _rentedCount--;
            _idleRuns.Push(run);
            if (_isDisposed)
            {
                DisposeWhatIsIdle();
            }
        }
    }

    /// <summary>Ends the session; native memory that a thread still computes in is freed when that thread is done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                DisposeWhatIsIdle();
            }
        }
    }

    private void DisposeWhatIsIdle()
    {
        while (_idleRuns.TryPop(out NetworkRun? run))
        {
            run.Dispose();
        }

        if (_rentedCount == 0)
        {
            _session.Dispose();
        }
    }
}
