using Spectre.Console;
using Spectre.Console.Rendering;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Shows how many are done a second.</summary>
internal sealed class RateColumn : ProgressColumn
{
    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed ? FormattableString.Invariant($"{speed:#,0.#}/s") : string.Empty);
}
