using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Represents a page with what it wrote to the console and asked for.</summary>
internal sealed class OpenedPage
{
    private readonly ConcurrentQueue<string> _messages = [];
    private readonly ConcurrentQueue<string> _requests = [];

    internal OpenedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _messages.Enqueue($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => _messages.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    internal IPage Page { get; }

    /// <summary>Gets what the page wrote to the console, errors included.</summary>
    internal IReadOnlyCollection<string> Messages => _messages;

    /// <summary>Gets the addresses that the page asked for, without what is in itself.</summary>
    internal IEnumerable<string> Requests => _requests.Where(address => !address.StartsWith("data:", StringComparison.Ordinal));
}
