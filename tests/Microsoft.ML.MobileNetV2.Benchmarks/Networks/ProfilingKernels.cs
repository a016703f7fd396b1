using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures the time that each convolution of a network takes in other kernels.</summary>
/// <param name="kernels">The kernels that compute.</param>
internal sealed class ProfilingKernels(NetworkKernels kernels) : NetworkKernels
{
    private readonly Dictionary<PackedPointwise, int> _indices = [];
    private readonly List<long> _pointwise = [];
    private readonly List<long> _depthwise = [];
    private int _block;

    internal override int Lanes => kernels.Lanes;

    internal override int RegisterCount => kernels.RegisterCount;

    internal override void Pointwise(in PointwiseCall call)
    {
        // Each block has two products, and its depthwise convolution comes between them.
        int index = IndexOf(call.Weights);
        _block = index / 2;
        long start = Stopwatch.GetTimestamp();
        kernels.Pointwise(call);
        _pointwise[index] += Stopwatch.GetTimestamp() - start;
    }

    internal override unsafe void Depthwise(int stride, DepthwiseRowArguments* row)
    {
        long start = Stopwatch.GetTimestamp();
        kernels.Depthwise(stride, row);
        _depthwise[_block] += Stopwatch.GetTimestamp() - start;
    }

    /// <summary>Forgets all times.</summary>
    internal void Reset()
    {
        for (int i = 0; i < _pointwise.Count; i++)
        {
            _pointwise[i] = 0;
            _depthwise[i / 2] = 0;
        }
    }

    /// <summary>Returns the time of every convolution, in the order of the network.</summary>
    internal IEnumerable<TimeSpan> Times()
    {
        for (int i = 0; i < _pointwise.Count; i++)
        {
            yield return Stopwatch.GetElapsedTime(0, _pointwise[i]);
            if (i % 2 == 0 && i + 1 < _pointwise.Count)
            {
                yield return Stopwatch.GetElapsedTime(0, _depthwise[i / 2]);
            }
        }
    }

    private int IndexOf(PackedPointwise weights)
    {
        if (!_indices.TryGetValue(weights, out int index))
        {
            index = _indices.Count;
            _indices.Add(weights, index);
            _pointwise.Add(0);
            _depthwise.Add(0);
        }

        return index;
    }
}
