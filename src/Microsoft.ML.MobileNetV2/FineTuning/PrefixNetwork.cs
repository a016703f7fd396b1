using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the frozen beginning of a network: its output is what the blocks in training take.</summary>
internal sealed class PrefixNetwork : INetwork
{
    private readonly NetworkPlan _plan;
    private readonly PackedNetwork? _packed;
    private readonly NetworkKernels _kernels;
    private readonly int _firstBlock;

    /// <param name="weights">The weights of the whole network.</param>
    /// <param name="shape">What is trained.</param>
    /// <param name="kernels">The kernels, which pad channels as those of the training do.</param>
    /// <exception cref="WeightsFormatException">Weights are missing, of another shape, or not finite.</exception>
    internal PrefixNetwork(MobileNetV2Weights weights, TrainingShape shape, TrainingKernels kernels)
    {
        _kernels = kernels.Inference;
        _firstBlock = shape.FirstBlock;
        _plan = NetworkPlan.Create(shape.Architecture, shape.Padding, shape.InputSize, _kernels.Lanes, keepsMap: false);
        _packed = _firstBlock == 0 ? null : new(weights, _plan, _kernels);
        OutputCount = _firstBlock == 0
            ? 3 * shape.InputSize * shape.InputSize
            : _plan.Blocks[_firstBlock - 1].OutputSize * _plan.Blocks[_firstBlock - 1].OutputSize * OutputStride;
    }

    /// <summary>Gets the numbers of an image's output.</summary>
    internal int OutputCount { get; }

    private int OutputStride => _plan.Layout.Padded(_plan.Blocks[_firstBlock - 1].Project.OutputChannels);

    INetworkRun INetwork.CreateRun() => new Run(this);

    public void Dispose()
    {
    }

    private sealed unsafe class Run : INetworkRun
    {
        private readonly PrefixNetwork _network;
        private readonly NetworkArena _arena;
        private readonly BlockRun _blocks;
        private readonly float[] _output;

        internal Run(PrefixNetwork network)
        {
            _network = network;
            _arena = new(network._plan);
            _blocks = new(network._kernels, network._plan, _arena, NetworkScratch.ForTiles(network._plan.Layout));
            _output = new float[network.OutputCount];
        }

        public Span<float> Input => new(_arena.Input, 3 * _network._plan.InputSize * _network._plan.InputSize);

        public ReadOnlySpan<float> Compute()
        {
            if (_network._firstBlock == 0)
            {
                Input.CopyTo(_output);
                return _output;
            }

            float* source = _arena.Input;
            int stride = ArenaLayout.PatchLength(_network._plan.Blocks[0].Produce);
            for (int i = 0; i < _network._firstBlock; i++)
            {
                BlockPlan block = _network._plan.Blocks[i];
                float* output = _arena.Map(NetworkPlan.OutputMap(i));
                _blocks.Run(block, _network._packed!.Blocks[i], new(source, stride, output));
                source = output;
                stride = _network._plan.Layout.Padded(block.Project.OutputChannels);
            }

            new ReadOnlySpan<float>(source, _network.OutputCount).CopyTo(_output);
            return _output;
        }

        public void Dispose()
        {
        }
    }
}
