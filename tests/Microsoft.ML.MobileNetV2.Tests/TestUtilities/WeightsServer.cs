using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Is an HTTP server on loopback that answers as a test wants: the n-th request gets the n-th answer, all further ones the last.</summary>
internal sealed class WeightsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ServerAnswer[] _answers;
    private readonly ConcurrentQueue<ServerRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _loop;
    private int _count;

    internal WeightsServer(params ServerAnswer[] answers)
    {
        _answers = answers;
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    internal IReadOnlyList<ServerRequest> Requests => [.. _requests];

    public void Dispose()
    {
        // The loop ends before the listener does: accepting on a stopped listener is an error.
        _end.Cancel();
        _loop.Wait();
        Task.WaitAll([.. _connections]);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token).ConfigureAwait(false);
                _connections.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using TcpClient connection = client;
            NetworkStream stream = connection.GetStream();
            ServerRequest? request = await ReadAsync(stream).ConfigureAwait(false);
            if (request is not null)
            {
                ServerAnswer answer = _answers[Math.Min(Interlocked.Increment(ref _count), _answers.Length) - 1];
                _requests.Enqueue(request);
                await answer(request, stream, _end.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client is gone, or the test is over.
        }
    }

    private async Task<ServerRequest?> ReadAsync(NetworkStream stream)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = await stream.ReadAsync(buffer, _end.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return null;
            }

            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        string[] lines = text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        return new(lines[0].Split(' ')[1], lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase));
    }
}
